package dev.longshore.local;

import dev.longshore.local.machine.Ports;
import dev.longshore.local.machine.PrivateFiles;
import dev.longshore.local.machine.Processes;
import dev.longshore.local.postgres.EmbeddedPostgres;
import dev.longshore.local.postgres.PostgresAccounts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Starts each service once, on a broker and a database to throw away, so that its JVM leaves an {@link AotCache} when it
 * ends. What has one that fits is left alone. Run by the launcher after a build; that it fails costs only time at starts.
 *
 * <p>This JVM has the suite's class path and may remember for it as well: {@code --broker} makes sure that it has
 * something to remember.
 */
public final class AotTraining {

    private static final String SUPERUSER_PASSWORD = "postgres";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** What is asked for while a suite comes up and is looked at: its classes are wanted as well. */
    private static final List<String> PATHS = List.of("/q/health/ready", "/q/metrics", "/api/v1/none", "/openapi");

    private final Settings settings;
    private final Path home;
    private final HttpClient http = HttpClient.newHttpClient();

    private AotTraining(Settings settings) {
        this.settings = settings;
        this.home = settings.home();
    }

    public static void main(String[] arguments) throws Exception {
        var given = new Settings(System.getenv());
        var home = Files.createTempDirectory("longshore-aot-");
        Logs.to(home.resolve("logs"));
        var brokerToo = List.of(arguments).contains("--broker");
        var failed = new AotTraining(throwAway(given, home)).train(brokerToo);
        PrivateFiles.deleteTree(home);
        System.exit(failed ? 1 : 0);
    }

    /** The user's settings, but for where the data lies and for ports, so that a running suite is not disturbed. */
    private static Settings throwAway(Settings given, Path home) {
        var environment = new HashMap<>(given.environment());
        environment.keySet().removeAll(List.of("KAFKA_BOOTSTRAP_SERVERS", "LONGSHORE_POSTGRES_URL"));
        environment.put("LONGSHORE_HOME", home.toString());
        environment.put("LONGSHORE_POSTGRES_PORT", String.valueOf(Ports.free()));
        environment.put("LONGSHORE_KAFKA_PORT", String.valueOf(Ports.free()));
        environment.put("LONGSHORE_KAFKA_CONTROLLER_PORT", String.valueOf(Ports.free()));
        for (var service : Service.values()) {
            environment.put(service.portVariable(), String.valueOf(Ports.free()));
        }
        return new Settings(environment);
    }

    /** With the broker and the database started in any case, if this JVM is to remember them for the suite's. */
    private boolean train(boolean brokerToo) throws Exception {
        var untrained = new ArrayList<Service>();
        for (var service : Service.values()) {
            var cache = AotCache.of(settings.root(), service);
            if (Files.exists(cache.application()) && !cache.fits(settings.javaOptions())) {
                untrained.add(service);
            }
        }
        if (untrained.isEmpty() && !brokerToo) {
            return false;
        }
        new Keys(home.resolve("keys")).createMissing();
        PrivateFiles.folder(home.resolve("traces"));
        var postgres = startPostgres();
        try (var kafka =
                        new EmbeddedKafka(home.resolve("kafka"), settings.kafkaPort(), settings.kafkaControllerPort());
                var runs = Executors.newFixedThreadPool(
                        Math.clamp(Runtime.getRuntime().availableProcessors(), 1, Service.values().length))) {
            kafka.start();
            var failed = false;
            for (var run : runs.invokeAll(untrained.stream().map(this::run).toList())) {
                failed |= !run.get();
            }
            return failed;
        } finally {
            postgres.stop();
        }
    }

    private EmbeddedPostgres startPostgres() throws Exception {
        var postgres = EmbeddedPostgres.start(
                settings.cache(),
                home.resolve("postgres"),
                settings.postgresPort(),
                EmbeddedPostgres.Mode.THROW_AWAY,
                SUPERUSER_PASSWORD);
        new PostgresAccounts(settings.postgresPort(), SUPERUSER_PASSWORD)
                .create(Arrays.stream(Service.values())
                        .map(Service::database)
                        .collect(Collectors.toMap(Function.identity(), Function.identity())));
        return postgres;
    }

    private Callable<Boolean> run(Service service) {
        return () -> {
            var started = System.nanoTime();
            var done = runOnce(service);
            var seconds = Duration.ofNanos(System.nanoTime() - started).toSeconds();
            System.out.println(service.module() + (done ? ": made in " + seconds + " s" : ": could not be made"));
            return done;
        };
    }

    private boolean runOnce(Service service) throws IOException, InterruptedException {
        var cache = AotCache.of(settings.root(), service);
        var madeOf = Ingredients.of(cache.application(), settings.javaOptions());
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(settings.javaOptions());
        command.addAll(cache.makingOptions());
        command.addAll(List.of(
                "-Dlongshore.service=" + service.module(),
                "-jar",
                cache.application().resolve("quarkus-run.jar").toString()));
        var output = settings.home().resolve("logs/" + service.module() + ".out");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment().of(service));
        var process = builder.start();
        var stopAnyway = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(stopAnyway);
        try {
            comeUp(process, settings.port(service));
            process.destroy();
            process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            Processes.end(process.toHandle(), Duration.ZERO);
            Runtime.getRuntime().removeShutdownHook(stopAnyway);
        }
        var done = cache.takeUp(madeOf);
        if (!done) {
            Files.copy(output, cache.file().resolveSibling("failed.out"), StandardCopyOption.REPLACE_EXISTING);
        }
        return done;
    }

    private ServiceEnvironment environment() {
        return new ServiceEnvironment(
                settings,
                "127.0.0.1:" + settings.kafkaPort(),
                "127.0.0.1:" + settings.postgresPort(),
                Service::database);
    }

    private void comeUp(Process process, int port) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline && status(port, PATHS.getFirst()) != 200) {
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        for (var path : PATHS) {
            status(port, path);
        }
    }

    private int status(int port, String path) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException _) {
            return 0;
        }
    }
}
