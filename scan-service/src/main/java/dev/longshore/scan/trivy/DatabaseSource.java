package dev.longshore.scan.trivy;

import dev.longshore.scan.domain.FailureCode;
import dev.longshore.scan.domain.ScanFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Brings the databases into a folder: from archives, or by Trivy from where they are published or mirrored. */
final class DatabaseSource {

    private static final Duration DOWNLOAD_PATIENCE = Duration.ofMinutes(30);
    private static final Set<String> DATABASE_FILES = Set.of("trivy.db", "metadata.json");
    private static final Set<String> JAVA_FILES = Set.of("trivy-java.db", "metadata.json");

    /** What a download needs of our environment: the way out, and the login of a mirror. */
    private static final List<String> PASSED_ON = List.of(
            "PATH",
            "HOME",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "DOCKER_CONFIG");

    private final TrivyConfig config;
    private final TrivyExecutable executable;

    DatabaseSource(TrivyConfig config, TrivyExecutable executable) {
        this.config = config;
        this.executable = executable;
    }

    /** Fills the folder, which may hold an older state: then only what is newer is downloaded. */
    void bring(Path folder) throws IOException, InterruptedException {
        if (config.databaseFolder().isPresent()) {
            unpack(config.databaseFolder().get(), folder);
        } else {
            download(folder, "--download-db-only", repository("--db-repository", config.database()));
            download(folder, "--download-java-db-only", repository("--java-db-repository", javaDatabase()));
        }
    }

    /** Whether {@link #bring} adds to what the folder holds, rather than replacing it. */
    boolean isIncremental() {
        return config.databaseFolder().isEmpty();
    }

    private static void unpack(Path archives, Path folder) throws IOException {
        TarArchive.unpack(archives.resolve("db.tar.gz"), folder.resolve("db"), DATABASE_FILES);
        TarArchive.unpack(archives.resolve("javadb.tar.gz"), folder.resolve("java-db"), JAVA_FILES);
    }

    private void download(Path folder, String what, List<String> from) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                executable.find().path().toString(),
                "image",
                what,
                "--cache-dir=" + folder,
                "--quiet",
                "--skip-version-check"));
        command.addAll(from);
        var log = folder.resolve("download.log");
        try {
            TrivyProcess.run(command, environment(), log, DOWNLOAD_PATIENCE);
        } catch (ScanFailedException failure) {
            throw new ScanFailedException(FailureCode.DATABASE_UNAVAILABLE, failure.reason(), failure);
        } finally {
            Files.deleteIfExists(log);
        }
    }

    private static List<String> repository(String option, String repository) {
        return repository.equals(TrivyConfig.PUBLISHED) ? List.of() : List.of(option + "=" + repository);
    }

    private String javaDatabase() {
        var database = config.database();
        return config.javaDatabase()
                .orElseGet(() -> database.equals(TrivyConfig.PUBLISHED)
                        ? database
                        : database.substring(0, database.lastIndexOf('/') + 1) + "trivy-java-db:1");
    }

    private static Map<String, String> environment() {
        var environment = new LinkedHashMap<String, String>();
        Stream.of(System.getenv())
                .flatMap(all -> all.entrySet().stream())
                .filter(variable -> PASSED_ON.contains(variable.getKey()))
                .forEach(variable -> environment.put(variable.getKey(), variable.getValue()));
        return environment;
    }
}
