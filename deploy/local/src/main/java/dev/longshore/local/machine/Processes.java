package dev.longshore.local.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Processes that may not be children of this one. */
public final class Processes {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private Processes() {}

    /**
     * Whether the process still does anything. {@link ProcessHandle#isAlive()} says so of a dead one too for as long as
     * nobody has asked for its status, and the first process of a container may never ask.
     */
    public static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && !isDefunct(process);
    }

    /** Waits for the end of the process; false if it outlasted the patience. */
    public static boolean ends(ProcessHandle process, Duration patience) {
        var deadline = System.nanoTime() + patience.toNanos();
        while (isRunning(process)) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return true;
    }

    /** Asks the process to stop, and kills it when it has not done so in time. */
    public static void end(ProcessHandle process, Duration patience) {
        process.destroy();
        if (!ends(process, patience)) {
            process.destroyForcibly();
            ends(process, patience);
        }
    }

    /** Sends SIGINT, which Java itself cannot: PostgreSQL's fast shutdown. SIGTERM would wait for every client to leave. */
    public static void interrupt(ProcessHandle process) {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -INT \"$0\"", String.valueOf(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException _) {
            process.destroy();
        } catch (InterruptedException _) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isDefunct(ProcessHandle process) {
        try {
            var status = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
            // "pid (name) state …", where the name may itself hold parentheses.
            return status.startsWith("Z", status.lastIndexOf(')') + 2);
        } catch (IOException _) {
            return false;
        }
    }
}
