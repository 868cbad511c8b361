package dev.longshore.scan.trivy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks Trivy for the vulnerabilities of an image, for its components, and for the vulnerabilities of components. In
 * straight lines, for a virtual thread; an interrupt ends the process.
 *
 * <p>An image that was never seen is scanned in one run, which its decision waits for; its SBOM is made of that run's
 * report afterwards. With 0.74.0 components, their dependencies and findings are the same as of an SBOM that is made
 * first and matched then. The cache backend is memory: the SBOM is kept by us, and file-system caches are locked by one
 * process.
 */
final class Trivy {

    /** Trivy's own limit is the longer one: it would end like any other failure. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final TrivyExecutable executable;
    private final TrivyDatabase database;
    private final CacheFolder cache;
    private final Duration timeout;

    Trivy(TrivyExecutable executable, TrivyDatabase database, CacheFolder cache, Duration timeout) {
        this.executable = executable;
        this.database = database;
        this.cache = cache;
        this.timeout = timeout;
    }

    Scanned scan(ScanTarget target) throws IOException, InterruptedException {
        var program = executable.find();
        var work = cache.newFolder("image-");
        var generation = database.use();
        try {
            var report = work.resolve("report.json");
            var command = command(program.path(), generation, "image", "--image-src=remote", "--format=json");
            command.addAll(List.of("--scanners=vuln", "--list-all-pkgs", "--output=" + report));
            command.addAll(List.of("--", target.reference()));
            run(command, credentials(work, target), work);
            var json = Files.readAllBytes(report);
            var match = new Match(TrivyReports.read(json), program.version().text(), generation.updatedAt());
            return new Scanned(match, json, target);
        } finally {
            generation.end();
            CacheFolder.delete(work);
        }
    }

    Bom list(Scanned scanned) throws IOException, InterruptedException {
        var program = executable.find();
        var work = cache.newFolder("list-");
        try {
            var report = Files.write(work.resolve("report.json"), scanned.report());
            var bom = work.resolve("bom.json");
            var command = List.of(
                    program.path().toString(),
                    "convert",
                    "--quiet",
                    "--cache-dir=" + work,
                    "--format=cyclonedx",
                    "--output=" + bom,
                    "--",
                    report.toString());
            run(command, environment(work), work);
            var components = TrivyReports.withoutVulnerabilities(Files.readAllBytes(bom));
            return new Bom(
                    named(components, scanned.target()), program.version().text());
        } finally {
            CacheFolder.delete(work);
        }
    }

    Match match(byte[] bom) throws IOException, InterruptedException {
        var program = executable.find();
        var work = cache.newFolder("match-");
        var generation = database.use();
        try {
            var input = Files.write(work.resolve("bom.json"), bom);
            var report = work.resolve("report.json");
            var command = command(program.path(), generation, "sbom", "--format=json", "--scanners=vuln");
            command.addAll(List.of("--output=" + report, "--", input.toString()));
            run(command, environment(work), work);
            return new Match(
                    TrivyReports.read(Files.readAllBytes(report)),
                    program.version().text(),
                    generation.updatedAt());
        } finally {
            generation.end();
            CacheFolder.delete(work);
        }
    }

    private List<String> command(Path program, DatabaseGeneration generation, String... what) {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(what));
        command.addAll(List.of(
                "--quiet",
                "--cache-dir=" + generation.folder(),
                "--cache-backend=memory",
                "--skip-db-update",
                "--skip-java-db-update",
                "--offline-scan",
                "--skip-version-check",
                "--disable-telemetry",
                "--timeout=%ds".formatted(timeout.plus(GRACE).toSeconds())));
        return command;
    }

    private void run(List<String> command, Map<String, String> environment, Path work)
            throws IOException, InterruptedException {
        TrivyProcess.run(command, environment, work.resolve("trivy.log"), timeout);
    }

    private static Map<String, String> environment(Path work) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("HOME", work.toString());
        environment.put("TMPDIR", work.toString());
        return environment;
    }

    /** In the environment, because arguments are shown to every user of the machine. */
    private static Map<String, String> credentials(Path work, ScanTarget target) {
        var environment = environment(work);
        environment.put("TRIVY_USERNAME", target.username());
        environment.put("TRIVY_PASSWORD", target.password());
        environment.put("DOCKER_CONFIG", work.toString());
        return environment;
    }

    /** Trivy knows only the pass-through; the SBOM is to name the registry. */
    private static byte[] named(byte[] bom, ScanTarget target) {
        return new String(bom, UTF_8)
                .replace(target.address() + "/", target.registryAddress() + "/")
                .replace(target.address() + "%2F", target.registryAddress() + "%2F")
                .getBytes(UTF_8);
    }
}
