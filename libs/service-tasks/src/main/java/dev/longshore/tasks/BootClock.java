package dev.longshore.tasks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Time since boot, suspension included. {@code System.nanoTime} stands still while the machine or the VM is suspended, and
 * a worker would wake up believing in a lease that others saw run out.
 */
final class BootClock {

    private static final Path UPTIME = Path.of("/proc/uptime");

    private BootClock() {}

    static Duration now() {
        try {
            var seconds = Files.readString(UPTIME).split(" ", 2)[0];
            return Duration.ofMillis(Math.round(Double.parseDouble(seconds) * 1000));
        } catch (IOException failure) {
            // Not Linux: a wall clock at least goes on during suspension.
            return Duration.ofMillis(System.currentTimeMillis());
        }
    }
}
