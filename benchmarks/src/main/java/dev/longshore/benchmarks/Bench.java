package dev.longshore.benchmarks;

import dev.longshore.benchmarks.measure.Race;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs one benchmark by name: see {@code ./longshore bench}. */
final class Bench {

    private static final int WRONG_USE = 64;

    private static final Map<String, Benchmark> ALL = new LinkedHashMap<>(Map.of(
            "audit", new AuditBenchmark(),
            "start", new StartBenchmark(),
            "copy", new CopyBenchmark(),
            "copy-memory", new CopyMemoryBenchmark(),
            "decision", DecisionBenchmark::run,
            "checkpoint", new CheckpointBenchmark(),
            "gateway", new GatewayBenchmark()));

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        var name = arguments.length == 0 ? "" : arguments[0];
        var benchmark = ALL.get(name);
        if (benchmark == null) {
            System.err.println("longshore: bench NAME, one of "
                    + ALL.keySet().stream().sorted().toList());
            System.exit(WRONG_USE);
            return;
        }
        var json = false;
        var runs = 0;
        for (var index = 1; index < arguments.length; index++) {
            switch (arguments[index]) {
                case "--json" -> json = true;
                case "--runs" -> runs = Integer.parseInt(arguments[++index]);
                default -> throw new IllegalArgumentException("There is no option " + arguments[index]);
            }
        }
        run(name, benchmark, runs, json);
        // The children of the kit's registries are watched by threads that do not end by themselves.
        System.exit(0);
    }

    /** One benchmark at a time in a clone: they share a folder, and would measure each other. */
    private static void run(String name, Benchmark benchmark, int runs, boolean json) throws Exception {
        var root = Path.of(System.getProperty("longshore.root"));
        var folder = Files.createDirectories(root.resolve("benchmarks/target/bench"));
        try (var file = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = file.tryLock()) {
            if (lock == null) {
                throw new IllegalStateException("Another benchmark is running");
            }
            Race.tell("bench " + name);
            var setting = new Setting(root, folder.resolve("work"), runs);
            try {
                var report = benchmark.run(setting);
                System.out.println(json ? report.json() : report.text());
            } finally {
                setting.clean();
            }
        }
    }
}
