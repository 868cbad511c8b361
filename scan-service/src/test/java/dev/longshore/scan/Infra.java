package dev.longshore.scan;

import dev.longshore.testkit.InternalTokens;
import dev.longshore.testkit.LocalInfra;
import dev.longshore.testkit.Tools;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The real broker, database and Trivy, and the keys of an installation. */
public class Infra implements QuarkusTestResourceLifecycleManager {

    public static final LocalInfra LOCAL = LocalInfra.shared("scan");
    static final Path HOME = InternalTokens.newHome();

    private static final Path TRIVY = HOME.resolve("trivy-under-test");
    private static final Path DATABASE =
            Path.of(Objects.requireNonNullElse(System.getProperty("longshore.root"), ".."), "deploy/tools/trivy-db");

    @Override
    public Map<String, String> start() {
        Trivy.install();
        var properties = new HashMap<>(LOCAL.properties("scan"));
        properties.put("longshore.home", HOME.toString());
        properties.put("longshore.trivy.executable", TRIVY.toString());
        properties.put(
                "longshore.trivy.database-folder", DATABASE.toAbsolutePath().toString());
        properties.put("longshore.trivy.timeout", "8s");
        properties.put("longshore.scans.retry-after", "1s");
        properties.put("longshore.scans.retry-at-most", "2s");
        properties.put("longshore.decisions.look-every", "1s");
        properties.put("quarkus.http.test-port", "0");
        return properties;
    }

    static String token() {
        return InternalTokens.in(HOME).administrator("scan-service");
    }

    @Override
    public void stop() {}

    /** The program that the service runs: there, away, or another one. */
    static final class Trivy {

        private Trivy() {}

        static void install() {
            replace(() -> Files.createSymbolicLink(TRIVY, Tools.path("trivy")));
        }

        static void remove() {
            replace(() -> TRIVY);
        }

        static void installScript(String body) {
            replace(() -> Files.setPosixFilePermissions(
                    Files.writeString(TRIVY, "#!/bin/sh\n" + body + "\n"),
                    PosixFilePermissions.fromString("rwx------")));
        }

        private interface Step {
            Path run() throws IOException;
        }

        private static void replace(Step step) {
            try {
                Files.deleteIfExists(TRIVY);
                step.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
