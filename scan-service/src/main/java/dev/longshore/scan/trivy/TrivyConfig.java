package dev.longshore.scan.trivy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Which Trivy scans, with which vulnerability database. */
@ConfigMapping(prefix = "longshore.trivy")
public interface TrivyConfig {

    String PUBLISHED = "published";

    /** The program; by default the first {@code trivy} on the PATH. */
    Optional<Path> executable();

    /** {@code published}: where Trivy itself looks; or a mirror, such as {@code mirror.corp/trivy-db:2}. */
    @WithDefault(PUBLISHED)
    String database();

    /** The mirror of the Java index; by default {@code trivy-java-db:1} beside the mirror of the database. */
    Optional<String> javaDatabase();

    /** A folder with {@code db.tar.gz} and {@code javadb.tar.gz}, for installations without a network; it wins over {@link #database}. */
    Optional<Path> databaseFolder();

    /** How often a newer database is looked for. */
    @WithDefault("6h")
    Duration updateEvery();

    /** Where databases are unpacked. Several processes may share it: each takes a folder of its own in it. */
    @WithDefault("${longshore.home}/trivy")
    Path cacheFolder();

    /** How long one run may take. */
    @WithDefault("10m")
    Duration timeout();

    /** How many images are scanned at once. */
    @WithDefault("2")
    @Min(1)
    int workers();
}
