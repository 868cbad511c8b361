package dev.longshore.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Logger;

/**
 * What a PostgreSQL that was killed, or whose parent was, leaves on its data folder: a process that is still shutting
 * down, or a {@code postmaster.pid} whose number may by now belong to somebody else.
 */
final class LeftOverPostgres {

    private static final Logger LOG = Logger.getLogger("longshore.postgres");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private LeftOverPostgres() {}

    /** Ends the process that still works on the folder, and removes a lock file that names a stranger. */
    static void end(Path data) throws IOException, InterruptedException {
        var lock = data.resolve("postmaster.pid");
        var named = named(lock);
        if (named.isEmpty()) {
            return;
        }
        var process = named.get();
        if (!worksOn(process, data)) {
            // PostgreSQL refuses to start while anybody has this number. A dead one's lock file it handles itself.
            Files.deleteIfExists(lock);
            return;
        }
        LOG.info("An earlier PostgreSQL still runs on " + data + " and is stopped first");
        interrupt(process);
        if (!ends(process, PATIENCE)) {
            process.destroyForcibly();
            ends(process, PATIENCE);
        }
    }

    /** PostgreSQL's fast shutdown; Java itself can only send SIGTERM, which waits for every client to leave. */
    static void interrupt(ProcessHandle process) {
        try {
            var kill = new ProcessBuilder("/bin/sh", "-c", "kill -INT \"$0\"", String.valueOf(process.pid()));
            kill.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (IOException _) {
            process.destroy();
        } catch (InterruptedException _) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }

    /** The living process whose number stands in the lock file. */
    private static Optional<ProcessHandle> named(Path lock) throws IOException {
        if (!Files.exists(lock)) {
            return Optional.empty();
        }
        var lines = Files.readAllLines(lock);
        if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d+")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(ProcessHandle::isAlive);
    }

    private static boolean worksOn(ProcessHandle process, Path data) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "cmdline"))
                    .contains(data.toString());
        } catch (IOException _) {
            return false;
        }
    }

    private static boolean ends(ProcessHandle process, Duration patience) throws InterruptedException {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException failure) {
            throw new IllegalStateException("Could not wait for process " + process.pid(), failure);
        }
    }
}
