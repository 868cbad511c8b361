package dev.longshore.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.jar.JarFile;

/** That nothing was made fast by forgetting it: asked of the running database, and of what the services were built with. */
public final class Durability {

    private static final List<String> SETTINGS = List.of("fsync", "synchronous_commit", "full_page_writes");
    private static final String ACKS = "mp.messaging.outgoing.outbox.acks";

    private Durability() {}

    /** Throws if a setting is not what it has to be. */
    public static Map<String, String> demand(Path root, Suite suite) throws IOException, SQLException {
        var found = new LinkedHashMap<>(database(suite));
        found.put("acks", acks(root));
        found.forEach((setting, value) -> {
            if (!value.equals(setting.equals("acks") ? "all" : "on")) {
                throw new IllegalStateException(
                        "%s is %s: what is measured so is worth nothing".formatted(setting, value));
            }
        });
        return found;
    }

    private static Map<String, String> database(Suite suite) throws IOException, SQLException {
        try (var connection = Databases.connect(suite, "push");
                var statement = connection.createStatement()) {
            var found = new LinkedHashMap<String, String>();
            for (var setting : SETTINGS) {
                try (var rows = statement.executeQuery("show " + setting)) {
                    rows.next();
                    found.put(setting, rows.getString(1));
                }
            }
            return found;
        }
    }

    /** Of what the outbox publishes: as the kit sets it for all services. */
    private static String acks(Path root) throws IOException {
        try (var files = Files.walk(root.resolve("push-service/target/quarkus-app"))) {
            var kit = files.filter(file -> file.getFileName().toString().matches(".*service-kit-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("push-service has no kit in it"));
            var properties = new Properties();
            try (var jar = new JarFile(kit.toFile());
                    var stream = jar.getInputStream(jar.getEntry("META-INF/microprofile-config.properties"))) {
                properties.load(stream);
            }
            return properties.getProperty(ACKS, "not set");
        }
    }
}
