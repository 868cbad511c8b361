package dev.longshore.benchmarks;

import dev.longshore.benchmarks.measure.Measurement;
import dev.longshore.benchmarks.suite.Program;
import dev.longshore.testkit.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code trivy image} as a user would run it, with the database and the settings that scan-service uses. */
final class TrivyAlone {

    private final Path databases;
    private final Path work;

    /** @param cacheFolder scan-service's */
    TrivyAlone(Path cacheFolder, Path work) throws IOException {
        this.databases = cacheFolder;
        this.work = Files.createDirectories(work);
    }

    Measurement scan(String reference) throws IOException, InterruptedException {
        var line = List.of(
                Tools.path("trivy").toString(),
                "image",
                "--image-src=remote",
                "--format=json",
                "--scanners=vuln",
                "--quiet",
                "--insecure",
                "--cache-dir=" + database(),
                "--cache-backend=memory",
                "--skip-db-update",
                "--skip-java-db-update",
                "--offline-scan",
                "--skip-version-check",
                "--disable-telemetry",
                "--output=" + work.resolve("report.json"),
                "--",
                reference);
        return Program.measure(Map.of("TMPDIR", work.toString()), List.of(line));
    }

    private Path database() throws IOException {
        try (var folders = Files.walk(databases, 2)) {
            return folders.filter(folder -> Files.exists(folder.resolve("db/metadata.json")))
                    .findFirst()
                    .orElseThrow(() -> new IOException("scan-service has no database in " + databases));
        }
    }
}
