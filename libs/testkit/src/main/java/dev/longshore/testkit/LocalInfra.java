package dev.longshore.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A real Kafka broker and a real PostgreSQL in a JVM of their own ({@code deploy/local}), for one test class or for all
 * of a test JVM. The child ends, and deletes its data, when this JVM does, however that happens.
 */
public final class LocalInfra implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("READY postgres=(\\d+) kafka=(\\d+)");
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
    private static final Map<List<String>, LocalInfra> SHARED = new ConcurrentHashMap<>();

    private final Process process;
    private final BufferedReader output;
    private final Writer input;
    private final int postgresPort;
    private final int kafkaPort;

    private LocalInfra(Process process, Path errors) throws IOException {
        this.process = process;
        this.output = process.inputReader();
        this.input = process.outputWriter();
        var line = output.readLine();
        var ready = READY.matcher(line == null ? "" : line);
        if (!ready.matches()) {
            process.destroyForcibly();
            throw new IllegalStateException("Could not start the local broker and database: "
                    + Files.readString(errors).strip());
        }
        this.postgresPort = Integer.parseInt(ready.group(1));
        this.kafkaPort = Integer.parseInt(ready.group(2));
    }

    /** Starts one with these databases, each with a role of the same name and password. Takes two to four seconds. */
    public static LocalInfra start(String... databases) {
        try {
            var errors = Files.createTempFile("longshore-infra-", ".err");
            var process = new ProcessBuilder(command(databases))
                    .redirectError(errors.toFile())
                    .start();
            var infra = new LocalInfra(process, errors);
            Files.delete(errors);
            return infra;
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not start the local broker and database", failure);
        }
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
        try {
            input.close();
            if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException _) {
            process.destroyForcibly();
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void order(String command) {
        try {
            input.write(command + "\n");
            input.flush();
            var answer = output.readLine();
            if (!"DONE".equals(answer)) {
                throw new IllegalStateException("Could not " + command + ": " + answer);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not " + command, failure);
        }
    }

    private static List<String> command(String... databases) throws IOException {
        var target = Project.root().resolve("deploy/local/target");
        var jar = target.resolve("local-0.1.0-SNAPSHOT.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(
                    "There is no " + jar + ": build it with ./mvnw -Dquick -DskipTests -pl deploy/local package");
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.util.logging.manager=dev.longshore.local.Logs",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                jar + ":" + target.resolve("lib") + "/*",
                "dev.longshore.local.Infra",
                Files.createTempDirectory("longshore-infra-").toString(),
                "0",
                "0",
                String.join(",", databases));
    }
}
