package dev.longshore.benchmarks.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.benchmarks.measure.Measurement;
import dev.longshore.benchmarks.measure.ProcessFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Programs run to their end. */
public final class Program {

    private static final double NANOS = 1e9;

    private Program() {}

    /** What it printed; an exception if it failed. */
    public static String run(Map<String, String> environment, List<String> line)
            throws IOException, InterruptedException {
        var output = Files.createTempFile("longshore-bench-", ".out");
        try {
            var builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.redirectInput(Path.of("/dev/null").toFile());
            builder.environment().putAll(environment);
            var status = builder.start().waitFor();
            var said = new String(Files.readAllBytes(output), UTF_8).strip();
            if (status != 0) {
                throw new IOException("%s ended with status %d: %s".formatted(line, status, said));
            }
            return said;
        } finally {
            Files.delete(output);
        }
    }

    /** Runs them one after another. */
    public static Measurement measure(Map<String, String> environment, List<List<String>> lines)
            throws IOException, InterruptedException {
        var cpu = ProcessFigures.childrenCpuSeconds();
        var begun = System.nanoTime();
        for (var line : lines) {
            run(environment, line);
        }
        return new Measurement(secondsSince(begun), ProcessFigures.childrenCpuSeconds() - cpu);
    }

    public static double secondsSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / NANOS;
    }
}
