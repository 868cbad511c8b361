package dev.longshore.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the environment says about where things lie and listen. {@code ./longshore --help} documents the variables. */
record Settings(Map<String, String> environment) {

    private static final String SERIAL_AND_SMALL =
            "-XX:+UseSerialGC -Xms32m -Xmx192m -Xmn16m -XX:+UseCompactObjectHeaders -XX:TieredStopAtLevel=1"
                    + " -XX:CompileThresholdScaling=4";

    /** The project's folder, with the built services in it. */
    Path root() {
        return value("LONGSHORE_ROOT")
                .map(Settings::absolute)
                .orElseThrow(() -> new MisconfiguredException("LONGSHORE_ROOT must name the project's folder"));
    }

    Path home() {
        return value("LONGSHORE_HOME")
                .map(Settings::absolute)
                .orElseGet(() -> userFolder("XDG_DATA_HOME", ".local/share"));
    }

    /** What is unpacked or built once per user. */
    Path cache() {
        return value("LONGSHORE_CACHE").map(Settings::absolute).orElseGet(() -> userFolder("XDG_CACHE_HOME", ".cache"));
    }

    int postgresPort() {
        return port("LONGSHORE_POSTGRES_PORT", 15432);
    }

    int kafkaPort() {
        return port("LONGSHORE_KAFKA_PORT", 19092);
    }

    int kafkaControllerPort() {
        return port("LONGSHORE_KAFKA_CONTROLLER_PORT", 19093);
    }

    int port(Service service) {
        return port(service.portVariable(), service.usualPort());
    }

    /** Bootstrap servers of a Kafka that somebody else runs; then none is started here. */
    Optional<String> externalKafka() {
        return value("KAFKA_BOOTSTRAP_SERVERS");
    }

    /** {@code host:port} of a PostgreSQL that somebody else runs; then none is started here. */
    Optional<String> externalPostgres() {
        return value("LONGSHORE_POSTGRES_URL");
    }

    List<String> javaOptions() {
        return List.of(
                value("LONGSHORE_JAVA_OPTIONS").orElse(SERIAL_AND_SMALL).strip().split("\\s+"));
    }

    /** Whether JVMs may start from what earlier ones remember. */
    boolean usesAotCaches() {
        return value("LONGSHORE_AOT").map("on"::equals).orElse(true);
    }

    /** A variable that is set and not empty. */
    Optional<String> value(String variable) {
        return Optional.ofNullable(environment.get(variable)).filter(text -> !text.isBlank());
    }

    private int port(String variable, int usual) {
        var text = value(variable);
        if (text.isEmpty()) {
            return usual;
        }
        try {
            var port = Integer.parseInt(text.get().strip());
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new MisconfiguredException(variable + " is not a port: " + text.get());
    }

    private Path userFolder(String xdgVariable, String usual) {
        var parent = value(xdgVariable)
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home")).resolve(usual));
        return parent.resolve("longshore").toAbsolutePath();
    }

    private static Path absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize();
    }
}
