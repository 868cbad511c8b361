package dev.longshore.local.postgres;

import dev.longshore.local.machine.Backoff;
import dev.longshore.local.machine.PrivateFiles;
import dev.longshore.local.machine.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL as a child process, started again whenever it dies, until it is stopped.
 *
 * <p>The thread that starts it stays with it for life: the kernel's parent-death signal is tied to that thread.
 */
public final class EmbeddedPostgres {

    /** Durability of an installation, or the speed that throw-away data of a test may have. */
    public enum Mode {
        DURABLE,
        THROW_AWAY
    }

    private static final Logger LOG = Logger.getLogger("longshore.postgres");
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    private final Path binaries;
    private final Path data;
    private final int port;
    private final Mode mode;
    private final List<String> prefix;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable Process process;
    private @Nullable Thread keeper;

    private EmbeddedPostgres(Path binaries, Path data, int port, Mode mode) throws IOException {
        this.binaries = binaries;
        this.data = data;
        this.port = port;
        this.mode = mode;
        this.prefix = PostgresUser.prefix(binaries, data);
    }

    /** Makes the data folder if there is none, and starts PostgreSQL on it. */
    public static EmbeddedPostgres start(Path cache, Path folder, int port, Mode mode, String superuserPassword)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        PrivateFiles.openToOthers(folder);
        var postgres = new EmbeddedPostgres(PostgresBinaries.unpacked(cache), folder.resolve("data"), port, mode);
        postgres.initialiseOnce(superuserPassword);
        LeftOverPostgres.end(postgres.data);
        postgres.keeper = Thread.ofPlatform().name("postgres").start(postgres::keepRunning);
        return postgres;
    }

    public void stop() throws InterruptedException {
        stopping.countDown();
        var running = process;
        if (running != null && running.isAlive()) {
            Processes.interrupt(running.toHandle());
            if (!running.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warning("PostgreSQL did not stop within " + STOP_PATIENCE + " and is killed");
                running.destroyForcibly();
            }
        }
        if (keeper != null) {
            keeper.join(STOP_PATIENCE);
        }
    }

    /** Under another name first: an initdb that was killed half-way leaves a folder that looks like a good one. */
    private void initialiseOnce(String superuserPassword) throws IOException, InterruptedException {
        if (Files.exists(data)) {
            return;
        }
        var unfinished = data.resolveSibling("data.unfinished");
        var password = data.resolveSibling("superuser-password");
        PrivateFiles.deleteTree(unfinished);
        PostgresUser.give(PrivateFiles.folder(unfinished));
        PrivateFiles.write(password, superuserPassword.getBytes(StandardCharsets.UTF_8));
        PostgresUser.give(password);
        try {
            initdb(unfinished, password);
        } finally {
            Files.deleteIfExists(password);
        }
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private void initdb(Path folder, Path password) throws IOException, InterruptedException {
        var command = command("initdb", "-D", folder.toString(), "--username=postgres", "--pwfile=" + password);
        command.addAll(List.of("--auth=scram-sha-256", "--encoding=UTF8", "--no-locale", "--no-instructions"));
        if (mode == Mode.THROW_AWAY) {
            command.add("--no-sync");
        }
        var initdb = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(initdb.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (initdb.waitFor() != 0) {
            throw new IOException("Could not make PostgreSQL's data folder " + data + ": " + said.strip());
        }
    }

    private void keepRunning() {
        var backoff = new Backoff();
        try {
            while (stopping.getCount() > 0) {
                var started = System.nanoTime();
                var status = runOnce();
                if (stopping.getCount() == 0) {
                    return;
                }
                var life = Duration.ofNanos(System.nanoTime() - started);
                var pause = backoff.after(life);
                LOG.warning(() -> "PostgreSQL ended with status %d after %d s and is started again in %d ms"
                        .formatted(status, life.toSeconds(), pause.toMillis()));
                if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                LeftOverPostgres.end(data);
            }
        } catch (IOException failure) {
            LOG.log(Level.SEVERE, "PostgreSQL cannot be started", failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private int runOnce() throws IOException, InterruptedException {
        var running =
                new ProcessBuilder(serverCommand()).redirectErrorStream(true).start();
        process = running;
        if (stopping.getCount() == 0) {
            Processes.interrupt(running.toHandle());
        }
        Thread.ofVirtual().name("postgres-log").start(() -> copyToLog(running));
        return running.waitFor();
    }

    private static void copyToLog(Process running) {
        try (var lines = running.inputReader()) {
            lines.lines().forEach(LOG::info);
        } catch (IOException failure) {
            LOG.log(Level.FINE, "PostgreSQL's output ended", failure);
        }
    }

    private List<String> serverCommand() {
        var command = command("postgres", "-D", data.toString(), "-p", String.valueOf(port));
        setting(command, "listen_addresses=127.0.0.1");
        setting(command, "unix_socket_directories=");
        setting(command, "password_encryption=scram-sha-256");
        setting(command, "max_connections=200");
        setting(command, "shared_buffers=" + (mode == Mode.DURABLE ? "96MB" : "32MB"));
        setting(command, "io_method=sync");
        setting(command, "jit=off");
        setting(command, "log_line_prefix=[%p] %d ");
        setting(command, "fsync=" + (mode == Mode.DURABLE ? "on" : "off"));
        setting(command, "synchronous_commit=" + (mode == Mode.DURABLE ? "on" : "off"));
        return command;
    }

    private static void setting(List<String> command, String setting) {
        command.add("-c");
        command.add(setting);
    }

    private List<String> command(String program, String... arguments) {
        var command = new ArrayList<>(prefix);
        command.add(binaries.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }
}
