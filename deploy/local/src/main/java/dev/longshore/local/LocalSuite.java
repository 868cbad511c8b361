package dev.longshore.local;

import dev.longshore.local.machine.Ports;
import dev.longshore.local.machine.PrivateFiles;
import dev.longshore.local.postgres.EmbeddedPostgres;
import dev.longshore.local.postgres.LeftOverPostgres;
import dev.longshore.local.postgres.PostgresAccounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * All of Longshore on one machine. Configured by the environment alone, supervised by {@code deploy/local/supervise},
 * which starts this JVM again if it dies: the broker lives in it.
 */
public final class LocalSuite {

    /** What the supervising script takes as "do not try again" (EX_CONFIG of sysexits). */
    private static final int MISCONFIGURED = 78;

    private static final Logger LOG = Logger.getLogger("longshore.suite");

    private final Settings settings;
    private final List<ServiceProcess> services = new ArrayList<>();
    private @Nullable EmbeddedPostgres postgres;
    private @Nullable EmbeddedKafka kafka;
    private boolean stopping;

    private LocalSuite(Settings settings) {
        this.settings = settings;
    }

    public static void main(String[] arguments) throws Exception {
        var settings = new Settings(System.getenv());
        Thread.currentThread().setUncaughtExceptionHandler((_, failure) -> {
            giveUp(settings, failure);
        });
        Logs.to(settings.home().resolve("logs"));
        var suite = new LocalSuite(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(suite::stop, "stop"));
        suite.start();
    }

    private void start() throws Exception {
        var run = PrivateFiles.folder(settings.home().resolve("run"));
        Files.deleteIfExists(run.resolve("failed"));
        PrivateFiles.folder(settings.home().resolve("traces"));
        new Keys(settings.home().resolve("keys")).createMissing();
        LOG.info("starting; data lies in " + settings.home());
        prepareServices();
        startInfrastructure();
        startServices();
        LOG.info("all processes are started");
    }

    /** Side by side: the one mostly waits for the disk, the other is work. */
    private void startInfrastructure() throws Exception {
        try (var aside = Executors.newVirtualThreadPerTaskExecutor()) {
            var database = aside.submit(() -> {
                startPostgres();
                return null;
            });
            startKafka();
            database.get();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof Exception cause ? cause : failure;
        }
    }

    private void startPostgres() throws Exception {
        if (settings.externalPostgres().isPresent()) {
            return;
        }
        var folder = settings.home().resolve("postgres");
        LeftOverPostgres.end(folder.resolve("data"));
        demandFree(settings.postgresPort(), "PostgreSQL", "LONGSHORE_POSTGRES_PORT");
        var passwords = passwords();
        postgres = EmbeddedPostgres.start(
                settings.cache(),
                folder,
                settings.postgresPort(),
                EmbeddedPostgres.Mode.DURABLE,
                passwords.superuser());
        new PostgresAccounts(settings.postgresPort(), passwords.superuser()).create(passwords.byDatabase());
        LOG.info("PostgreSQL answers on port " + settings.postgresPort());
    }

    private void startKafka() throws Exception {
        if (settings.externalKafka().isPresent()) {
            return;
        }
        demandFree(settings.kafkaPort(), "Kafka", "LONGSHORE_KAFKA_PORT");
        demandFree(settings.kafkaControllerPort(), "Kafka's controller", "LONGSHORE_KAFKA_CONTROLLER_PORT");
        kafka = new EmbeddedKafka(
                settings.home().resolve("kafka"), settings.kafkaPort(), settings.kafkaControllerPort());
        kafka.start();
        LOG.info("Kafka answers on port " + settings.kafkaPort());
    }

    private synchronized void prepareServices() throws IOException {
        var environment = environment();
        for (var service : Service.values()) {
            var process = new ServiceProcess(service, settings, environment.of(service));
            if (!process.isBuilt()) {
                LOG.warning(service.module() + " is not built yet and is left out: ./mvnw -Dquick -DskipTests package");
            }
            process.makeRoom();
            services.add(process);
        }
    }

    /** Not while {@link #stop} is at work: what it has stopped must stay so. */
    private synchronized void startServices() {
        if (!stopping) {
            services.stream().filter(ServiceProcess::isBuilt).forEach(ServiceProcess::start);
        }
    }

    private ServiceEnvironment environment() throws IOException {
        var brokers = settings.externalKafka().orElseGet(() -> "127.0.0.1:" + settings.kafkaPort());
        var external = settings.externalPostgres();
        if (external.isPresent()) {
            return new ServiceEnvironment(settings, brokers, external.get(), this::externalPassword);
        }
        return new ServiceEnvironment(settings, brokers, "127.0.0.1:" + settings.postgresPort(), passwords()::of);
    }

    private String externalPassword(Service service) {
        return settings.value(service.passwordVariable())
                .orElseThrow(() -> new MisconfiguredException("LONGSHORE_POSTGRES_URL is set, but "
                        + service.passwordVariable() + ", the password of the role and database "
                        + service.database() + ", is not"));
    }

    private PostgresPasswords passwords() throws IOException {
        return PostgresPasswords.in(settings.home().resolve("keys/postgres-passwords.properties"));
    }

    static void demandFree(int port, String who, String variable) {
        if (!Ports.isFree(port)) {
            throw new MisconfiguredException("Port " + port + ", which " + who
                    + " wants, is taken by another program: stop it, or set " + variable + " to a free port");
        }
    }

    /** Services first, so that they can still finish what they are writing. */
    private synchronized void stop() {
        stopping = true;
        LOG.info("stopping");
        var ends = services.stream()
                .map(service -> Thread.ofVirtual().start(service::stop))
                .toList();
        try {
            for (var end : ends) {
                end.join();
            }
            if (kafka != null) {
                kafka.close();
            }
            if (postgres != null) {
                postgres.stop();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        LOG.info("stopped");
    }

    private static void giveUp(Settings settings, Throwable failure) {
        var forGood = failure instanceof MisconfiguredException;
        LOG.log(Level.SEVERE, "The suite cannot be started: " + failure.getMessage(), forGood ? null : failure);
        try {
            if (forGood) {
                PrivateFiles.write(
                        settings.home().resolve(Path.of("run", "failed")),
                        String.valueOf(failure.getMessage()).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException unwritten) {
            System.err.println("Could not write down why the suite failed: " + unwritten);
        }
        System.err.println(failure.getMessage());
        System.exit(forGood ? MISCONFIGURED : 1);
    }
}
