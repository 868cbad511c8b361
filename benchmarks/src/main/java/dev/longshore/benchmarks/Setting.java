package dev.longshore.benchmarks;

import dev.longshore.benchmarks.suite.Folders;
import dev.longshore.benchmarks.suite.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a benchmark works and how long.
 *
 * @param asked number of runs; 0 for the benchmark's own
 */
record Setting(Path root, Path work, int asked) {

    private static final String HOME = "home";

    int runs(int usual) {
        return asked > 0 ? asked : usual;
    }

    /** Not started yet; what an earlier benchmark left is gone. */
    Suite suite() throws IOException, InterruptedException {
        var suite = Suite.in(root, work.resolve(HOME));
        Folders.delete(work);
        Files.createDirectories(work);
        return suite;
    }

    /** Gigabytes of images are not kept; the suite's logs and traces are, until the next benchmark. */
    void clean() throws IOException {
        if (!Files.isDirectory(work)) {
            return;
        }
        try (var parts = Files.list(work)) {
            for (var part : parts.filter(each -> !each.endsWith(HOME)).toList()) {
                Folders.delete(part);
            }
        }
    }
}
