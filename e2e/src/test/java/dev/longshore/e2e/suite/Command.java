package dev.longshore.e2e.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program run to its end. */
public record Command(List<String> line, int status, String output) {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    public static Command run(Map<String, String> environment, String... line) {
        try {
            // Through a file: a child that outlives the command would hold a pipe open.
            var output = Files.createTempFile("longshore-e2e-", ".out");
            var builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.redirectInput(Path.of("/dev/null").toFile());
            builder.environment().putAll(environment);
            var process = builder.start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("%s did not end: %s".formatted(line[0], Files.readString(output)));
            }
            var said = new String(Files.readAllBytes(output), UTF_8);
            Files.delete(output);
            return new Command(List.of(line), process.exitValue(), said.strip());
        } catch (IOException e) {
            throw new UncheckedIOException("Could not run " + line[0], e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while running " + line[0], e);
        }
    }

    public boolean succeeded() {
        return status == 0;
    }

    /** What it printed; fails if the command did. */
    public String demand() {
        if (status != 0) {
            throw new IllegalStateException("%s ended with status %d: %s".formatted(line, status, output));
        }
        return output;
    }
}
