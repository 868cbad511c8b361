package dev.longshore.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Folders that benchmarks make and remove. */
public final class Folders {

    private Folders() {}

    /** With all that is in it, if it is there. What buildah left mounted in it is unmounted. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        unmountAllIn(folder);
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void unmountAllIn(Path folder) throws IOException {
        var mounted = Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                .map(line -> line.split(" ")[1])
                .filter(place -> Path.of(place).startsWith(folder))
                .toList();
        try {
            // What was mounted last may lie within what was mounted before.
            for (var place : mounted.reversed()) {
                Program.run(Map.of(), List.of("umount", place));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while unmounting " + mounted, interrupted);
        }
    }
}
