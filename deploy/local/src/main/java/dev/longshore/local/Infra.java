package dev.longshore.local;

import dev.longshore.local.machine.Ports;
import dev.longshore.local.machine.PrivateFiles;
import dev.longshore.local.postgres.EmbeddedPostgres;
import dev.longshore.local.postgres.PostgresAccounts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A broker and a PostgreSQL for one test run: {@code Infra HOME POSTGRES-PORT KAFKA-PORT DATABASE,DATABASE… [keep]},
 * where port 0 means any free one.
 *
 * <p>Prints {@code READY postgres=<port> kafka=<port>}, then obeys {@code stop kafka}, {@code start postgres} and the
 * like on its input, one a line, answering {@code DONE} to each; ends when its input does, so that a test that was
 * killed leaves nothing behind. HOME is deleted then, unless {@code keep} is said, so PostgreSQL does not wait for the
 * disk here.
 */
public final class Infra {

    private static final String SUPERUSER_PASSWORD = "postgres";

    private final Path home;
    private final boolean keepHome;
    private final int postgresPort;
    private final EmbeddedKafka kafka;
    private @Nullable EmbeddedPostgres postgres;

    private Infra(Path home, int postgresPort, int kafkaPort, boolean keepHome) {
        this.home = home;
        this.keepHome = keepHome;
        this.postgresPort = postgresPort;
        this.kafka = new EmbeddedKafka(home.resolve("kafka"), kafkaPort, Ports.free());
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 4) {
            System.err.println("usage: Infra HOME POSTGRES-PORT KAFKA-PORT DATABASE,DATABASE… [keep]");
            System.exit(64);
        }
        Thread.currentThread().setUncaughtExceptionHandler((_, failure) -> {
            failure.printStackTrace();
            // PostgreSQL's and the broker's threads would keep a half-started JVM alive.
            System.exit(1);
        });
        var home = Path.of(arguments[0]).toAbsolutePath();
        Logs.to(home.resolve("logs"));
        var postgresPort = port(arguments[1]);
        var kafkaPort = port(arguments[2]);
        var infra = new Infra(home, postgresPort, kafkaPort, arguments.length > 4 && arguments[4].equals("keep"));
        Runtime.getRuntime().addShutdownHook(new Thread(infra::stop, "stop"));
        infra.startPostgres();
        infra.kafka.start();
        var databases = Arrays.stream(arguments[3].split(",")).filter(name -> !name.isBlank());
        new PostgresAccounts(postgresPort, SUPERUSER_PASSWORD)
                .create(databases.collect(Collectors.toMap(Function.identity(), Function.identity())));
        System.out.println("READY postgres=" + postgresPort + " kafka=" + kafkaPort);
        infra.obey();
        System.exit(0);
    }

    private static int port(String text) {
        var port = Integer.parseInt(text);
        return port == 0 ? Ports.free() : port;
    }

    private void obey() throws Exception {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var command = input.readLine(); command != null; command = input.readLine()) {
            obey(command);
            System.out.println("DONE");
        }
    }

    private void obey(String command) throws Exception {
        switch (command) {
            case "stop kafka" -> kafka.close();
            case "start kafka" -> kafka.start();
            case "stop postgres" -> stopPostgres();
            case "start postgres" -> {
                startPostgres();
                new PostgresAccounts(postgresPort, SUPERUSER_PASSWORD).create(Map.of());
            }
            default -> throw new IllegalArgumentException("No such command: " + command);
        }
    }

    private synchronized void startPostgres() throws IOException, InterruptedException {
        if (postgres == null) {
            postgres = EmbeddedPostgres.start(
                    new Settings(System.getenv()).cache(),
                    home.resolve("postgres"),
                    postgresPort,
                    EmbeddedPostgres.Mode.THROW_AWAY,
                    SUPERUSER_PASSWORD);
        }
    }

    private synchronized void stopPostgres() throws InterruptedException {
        if (postgres != null) {
            postgres.stop();
            postgres = null;
        }
    }

    private void stop() {
        try {
            stopPostgres();
            kafka.close();
            if (!keepHome) {
                PrivateFiles.deleteTree(home);
            }
        } catch (IOException failure) {
            System.err.println("Could not delete " + home + ": " + failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
