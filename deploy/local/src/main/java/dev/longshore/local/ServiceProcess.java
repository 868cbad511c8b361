package dev.longshore.local;

import dev.longshore.local.machine.Backoff;
import dev.longshore.local.machine.PidFile;
import dev.longshore.local.machine.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One service as a child process, started again whenever it dies.
 *
 * <p>Services outlive this JVM when it is killed, and go on waiting for the broker that was in it. The next one finds
 * them by their pid files, adopts those that were started with the same settings and build, and replaces the others.
 */
final class ServiceProcess {

    private static final Logger LOG = Logger.getLogger("longshore.suite");
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final String name;
    private final int port;
    private final String portVariable;
    private final Path jar;
    private final Path output;
    private final List<String> command;
    private final Map<String, String> environment;
    private final PidFile pidFile;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable ProcessHandle process;
    private @Nullable Thread keeper;

    ServiceProcess(Service service, Settings settings, Map<String, String> environment) throws IOException {
        this.name = service.module();
        this.port = settings.port(service);
        this.portVariable = service.portVariable();
        this.jar = settings.root().resolve(name).resolve("target/quarkus-app/quarkus-run.jar");
        this.output = settings.home().resolve("logs/" + name + ".out");
        this.environment = environment;
        this.pidFile = new PidFile(settings.home().resolve("run/" + name + ".pid"));
        this.command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(settings.javaOptions());
        if (settings.usesAotCaches()) {
            command.addAll(AotCache.of(settings.root(), service).options(settings.javaOptions()));
        }
        command.addAll(List.of("-Dlongshore.service=" + name, "-jar", jar.toString()));
    }

    String name() {
        return name;
    }

    /** Makes sure that nothing of an earlier run is in the way, unless it is adopted. */
    void makeRoom() throws IOException {
        if (canBeAdopted()) {
            return;
        }
        endLeftOver();
        if (isBuilt()) {
            LocalSuite.demandFree(port, name, portVariable);
        }
    }

    boolean isBuilt() {
        return Files.exists(jar);
    }

    /** Whether an earlier JVM left it running in the very form in which it would be started now. */
    private boolean canBeAdopted() throws IOException {
        return isBuilt() && pidFile.running().isPresent() && pidFile.hasFingerprint(fingerprint());
    }

    /** Ends what an earlier JVM left behind, with settings or from a build that are no longer wanted. */
    private void endLeftOver() throws IOException {
        var running = pidFile.running();
        if (running.isPresent()) {
            LOG.info(name + " still runs as it was started earlier, and is stopped");
            Processes.end(running.get(), STOP_PATIENCE);
        }
        pidFile.delete();
    }

    void start() {
        keeper = Thread.ofPlatform().name(name).start(this::keepRunning);
    }

    void stop() {
        stopping.countDown();
        var running = process;
        if (running != null) {
            Processes.end(running, STOP_PATIENCE);
        }
        try {
            if (keeper != null) {
                keeper.join(STOP_PATIENCE);
            }
            endLeftOver();
        } catch (IOException failure) {
            LOG.log(Level.WARNING, "Could not make sure that " + name + " has ended", failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void keepRunning() {
        var backoff = new Backoff();
        try {
            while (stopping.getCount() > 0) {
                var started = System.nanoTime();
                var ended = runOnce();
                if (stopping.getCount() == 0) {
                    return;
                }
                var life = Duration.ofNanos(System.nanoTime() - started);
                var pause = backoff.after(life);
                LOG.warning(() -> "%s ended%s after %d s and is started again in %d ms"
                        .formatted(name, ended, life.toSeconds(), pause.toMillis()));
                if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (IOException failure) {
            LOG.log(Level.SEVERE, name + " cannot be started", failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private String runOnce() throws IOException, InterruptedException {
        if (canBeAdopted()) {
            return waitFor(pidFile.running().orElseThrow());
        }
        var builder = new ProcessBuilder(pidFile.writtenBy(command, fingerprint()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.directory(output.resolveSibling(".").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        var child = builder.start();
        process = child.toHandle();
        LOG.info(name + " started as process " + child.pid());
        if (stopping.getCount() == 0) {
            child.destroy();
        }
        return " with status " + child.waitFor();
    }

    private String waitFor(ProcessHandle adopted) throws InterruptedException {
        process = adopted;
        LOG.info(name + " still runs as process " + adopted.pid() + " and is adopted");
        while (Processes.isRunning(adopted) && !stopping.await(250, TimeUnit.MILLISECONDS)) {
            // The end of a process that is not a child can only be looked for.
        }
        return "";
    }

    /** Of all that makes this run of the service what it is: its build, its command, what it is told. */
    private String fingerprint() throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var application = jar.resolveSibling("app");
            var parts = new ArrayList<>(command);
            environment.forEach((variable, value) -> parts.add(variable + "=" + value));
            parts.add(String.valueOf(Files.getLastModifiedTime(jar)));
            parts.add(String.valueOf(Files.getLastModifiedTime(Files.exists(application) ? application : jar)));
            for (var part : parts) {
                digest.update((part + "\0").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("Every JDK has SHA-256", failure);
        }
    }
}
