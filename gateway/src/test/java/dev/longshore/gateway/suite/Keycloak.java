package dev.longshore.gateway.suite;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A real provider, from its distribution that the profile {@code long} unpacks: a process with a JVM of its own, on loopback.
 */
public class Keycloak implements QuarkusTestResourceLifecycleManager {

    public static final String ADMINISTRATOR = "root";
    public static final String PASSWORD = "roots password";

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private Process process;
    private Path log;

    /** After the surroundings, whose provider it takes the place of. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        try {
            var address = "http://127.0.0.1:" + freePort();
            run(URI.create(address));
            var properties = new HashMap<String, String>();
            properties.put("longshore.oidc.issuer", address + "/realms/longshore");
            properties.put("longshore.oidc.client-secret", "a client secret of the test");
            properties.put("longshore.oidc.allow-private-addresses", "true");
            properties.put("longshore.oidc.roles.release-managers", "operator");
            properties.put("longshore.issuers.asked-at-most-every", "1s");
            properties.put("keycloak.address", address);
            return properties;
        } catch (IOException failure) {
            throw new IllegalStateException("Could not start Keycloak", failure);
        }
    }

    private void run(URI address) throws IOException {
        var home = Path.of("target/keycloak").toAbsolutePath();
        try (var unpacked = Files.list(home)) {
            home = unpacked.filter(Files::isDirectory).findFirst().orElseThrow();
        }
        var realms = Files.createDirectories(home.resolve("data/import"));
        try (var realm = Objects.requireNonNull(Keycloak.class.getResourceAsStream("/keycloak/longshore-realm.json"))) {
            Files.write(realms.resolve("longshore-realm.json"), realm.readAllBytes());
        }
        log = Files.createTempFile("keycloak-", ".log");
        var builder = new ProcessBuilder(
                        "sh",
                        home.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--db=dev-mem",
                        "--http-host=127.0.0.1",
                        "--http-port=" + address.getPort(),
                        "--import-realm")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
        builder.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMINISTRATOR);
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", PASSWORD);
        process = builder.start();
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> isUp(address));
    }

    private boolean isUp(URI address) throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("Keycloak ended: " + Files.readString(log));
        }
        try {
            return Api.send(HttpRequest.newBuilder(address.resolve("/realms/longshore")))
                            .statusCode()
                    == 200;
        } catch (UncheckedIOException _) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void stop() {
        if (process == null) {
            return;
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
