package dev.longshore.local.postgres;

import dev.longshore.local.machine.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Logger;

/**
 * What a PostgreSQL that was killed, or whose parent was, leaves on its data folder: a process that is still shutting
 * down, or a {@code postmaster.pid} whose number may by now belong to somebody else.
 */
public final class LeftOverPostgres {

    private static final Logger LOG = Logger.getLogger("longshore.postgres");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private LeftOverPostgres() {}

    /** Ends the process that still works on the folder, and removes a lock file that names a stranger. */
    public static void end(Path data) throws IOException {
        var lock = data.resolve("postmaster.pid");
        var named = named(lock);
        if (named.isEmpty()) {
            return;
        }
        var process = named.get();
        if (!worksOn(process, data)) {
            // A stranger's number by now, or that of a dead process whose status nobody asked for: PostgreSQL would
            // refuse to start in either case. The lock file of a process that is gone it handles itself.
            Files.deleteIfExists(lock);
            return;
        }
        LOG.info("An earlier PostgreSQL still runs on " + data + " and is stopped first");
        Processes.interrupt(process);
        if (!Processes.ends(process, PATIENCE)) {
            process.destroyForcibly();
            Processes.ends(process, PATIENCE);
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
}
