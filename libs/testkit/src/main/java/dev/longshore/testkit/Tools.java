package dev.longshore.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Programs that {@code deploy/tools} pins: Trivy, registries, clients. */
public final class Tools {

    private Tools() {}

    /** The program of that name; fails with the sentence that says how to get it when it was not built yet. */
    public static Path path(String tool) {
        return run("path", tool);
    }

    /** The program of that name, built first if need be, which takes minutes for the large ones. */
    public static Path built(String tool) {
        run("build", tool);
        return path(tool);
    }

    private static Path run(String script, String tool) {
        var command = Project.root().resolve("deploy/tools").resolve(script).toString();
        try {
            var process =
                    new ProcessBuilder(command, tool).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
            return Path.of(said.lines().reduce("", (_, last) -> last));
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not run " + command, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while running " + command, interrupted);
        }
    }
}
