package dev.longshore.testkit;

import dev.longshore.testkit.server.Conversation;
import dev.longshore.testkit.server.Servers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * A real Kafka broker and a real PostgreSQL in a JVM of their own ({@code deploy/local}), as a process or in a
 * container, for one test class or for all
 * of a test JVM. The child ends, and deletes its data, when this JVM does, however that happens.
 */
public final class LocalInfra implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("READY postgres=(\\d+) kafka=(\\d+)");
    private static final Map<List<String>, LocalInfra> SHARED = new ConcurrentHashMap<>();

    private final Conversation conversation;
    private final int postgresPort;
    private final int kafkaPort;

    private LocalInfra(Conversation conversation) {
        this.conversation = conversation;
        var line = conversation.hear();
        var ready = READY.matcher(line);
        if (!ready.matches()) {
            conversation.close();
            throw new IllegalStateException("Could not start the local broker and database: " + line);
        }
        this.postgresPort = Integer.parseInt(ready.group(1));
        this.kafkaPort = Integer.parseInt(ready.group(2));
    }

    /** Starts one with these databases, each with a role of the same name and password. Takes two to four seconds. */
    public static LocalInfra start(String... databases) {
        var servers = Servers.chosen();
        var classPath = servers == Servers.CONTAINERS ? "/opt/servers/*" : classPath();
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.util.logging.manager=dev.longshore.local.Logs",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                "dev.longshore.local.Infra",
                home(servers),
                "0",
                "0",
                String.join(",", databases));
        return new LocalInfra(servers.converse(command));
    }

    /** One for all tests of this JVM that ask for the same databases; it lives as long as the JVM. */
    public static LocalInfra shared(String... databases) {
        return SHARED.computeIfAbsent(List.of(databases), _ -> start(databases));
    }

    public int postgresPort() {
        return postgresPort;
    }

    public int kafkaPort() {
        return kafkaPort;
    }

    public String kafkaBootstrapServers() {
        return "127.0.0.1:" + kafkaPort;
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + postgresPort + "/" + database;
    }

    public String reactiveUrl(String database) {
        return "postgresql://127.0.0.1:" + postgresPort + "/" + database;
    }

    /** What a service is configured with to work on this broker and on that database. */
    public Map<String, String> properties(String database) {
        return Map.of(
                "quarkus.datasource.jdbc.url", jdbcUrl(database),
                "quarkus.datasource.reactive.url", reactiveUrl(database),
                "quarkus.datasource.username", database,
                "quarkus.datasource.password", database,
                "kafka.bootstrap.servers", kafkaBootstrapServers());
    }

    public void stopKafka() {
        order("stop kafka");
    }

    public void startKafka() {
        order("start kafka");
    }

    public void stopPostgres() {
        order("stop postgres");
    }

    public void startPostgres() {
        order("start postgres");
    }

    @Override
    public void close() {
        conversation.close();
    }

    private synchronized void order(String command) {
        conversation.say(command);
        var answer = conversation.hear();
        if (!answer.equals("DONE")) {
            throw new IllegalStateException("Could not " + command + ": " + answer);
        }
    }

    private static String home(Servers servers) {
        try {
            return servers == Servers.CONTAINERS
                    ? "/tmp/infra"
                    : Files.createTempDirectory("longshore-infra-").toString();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String classPath() {
        var target = Project.root().resolve("deploy/local/target");
        var jar = target.resolve("local-0.1.0-SNAPSHOT.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(
                    "There is no " + jar + ": build it with ./mvnw -Dquick -DskipTests -pl deploy/local package");
        }
        return jar + ":" + target.resolve("lib") + "/*";
    }
}
