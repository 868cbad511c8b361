package dev.longshore.benchmarks;

import dev.longshore.benchmarks.measure.Aim;
import dev.longshore.benchmarks.measure.Machine;
import dev.longshore.benchmarks.measure.Measurement;
import dev.longshore.benchmarks.measure.ProcessFigures;
import dev.longshore.benchmarks.measure.Race;
import dev.longshore.benchmarks.measure.Report;
import dev.longshore.benchmarks.measure.Row;
import dev.longshore.benchmarks.measure.Section;
import dev.longshore.benchmarks.measure.Statistics;
import dev.longshore.benchmarks.suite.Durability;
import dev.longshore.benchmarks.suite.Program;
import dev.longshore.benchmarks.suite.Suite;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How long six services take to be ready from cold, with broker and database, and how much memory they take then. */
final class StartBenchmark implements Benchmark {

    private static final int RUNS = 5;
    private static final double MOST_SECONDS = 10;
    private static final double MOST_GIGABYTES = 1.2;
    private static final double GIGA = 1e9;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    private final List<Measurement> whole = new ArrayList<>();
    private final List<Measurement> services = new ArrayList<>();
    private final Map<String, List<Double>> memory = new LinkedHashMap<>();

    @Override
    public Report run(Setting setting) throws Exception {
        var machine = Machine.now();
        var versions = Versions.of(setting);
        try (var suite = setting.suite()) {
            var first = start(suite);
            var durability = Durability.demand(setting.root(), suite);
            whole.clear();
            services.clear();
            memory.clear();
            for (var run = 0; run < setting.runs(RUNS); run++) {
                suite.down();
                Race.tell("%d. %.2f s".formatted(run + 1, start(suite)));
            }
            return Report.of("start", machine, versions, durability, List.of(time(first), size()));
        }
    }

    /** Seconds from the command until the last of the six is ready. */
    private double start(Suite suite) throws IOException, InterruptedException {
        var begun = System.nanoTime();
        var launcher = suite.command("up")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        for (var service : Suite.SERVICES) {
            awaitReady(suite, service, begun);
        }
        var seconds = Program.secondsSince(begun);
        var now = ProcessFigures.now();
        launcher.waitFor();
        var firstStarted = Double.MAX_VALUE;
        var cpu = 0.0;
        for (var service : Suite.SERVICES) {
            firstStarted = Math.min(firstStarted, ProcessFigures.startedAt(suite.pid(service)));
            cpu += ProcessFigures.cpuSeconds(suite.pid(service));
        }
        whole.add(new Measurement(seconds, suite.cpuSeconds()));
        services.add(new Measurement(now - firstStarted, cpu));
        weigh(suite);
        return seconds;
    }

    private void weigh(Suite suite) throws IOException {
        var sum = 0L;
        for (var part : suite.processes().entrySet()) {
            var bytes = part.getValue().stream().mapToLong(ProcessFigures::pss).sum();
            memory.computeIfAbsent(part.getKey(), _ -> new ArrayList<>()).add(bytes / GIGA);
            sum += Suite.SERVICES.contains(part.getKey()) ? bytes : 0;
        }
        memory.computeIfAbsent("six services", _ -> new ArrayList<>()).add(sum / GIGA);
    }

    private void awaitReady(Suite suite, String service, long begun) throws InterruptedException {
        var question = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%s/q/health/ready".formatted(suite.port(service))))
                .timeout(Duration.ofSeconds(5))
                .build();
        while (!isReady(question)) {
            if (Program.secondsSince(begun) > PATIENCE.toSeconds()) {
                throw new IllegalStateException(
                        "%s is not ready after %s; see %s/logs".formatted(service, PATIENCE, suite.home()));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private boolean isReady(HttpRequest question) throws InterruptedException {
        try {
            return http.send(question, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    private Section time(double first) {
        var all = Row.of("./longshore up", whole);
        var six = Row.of("the six services", services);
        return new Section(
                "from cold until six services are ready; broker and database start with them",
                List.of(all, six),
                Map.of("the very first start", "%.2f s, with databases, topics and keys to be made".formatted(first)),
                List.of(Aim.atMost("six services ready in", MOST_SECONDS, all.median(), "s")));
    }

    private Section size() {
        var facts = new LinkedHashMap<String, String>();
        memory.forEach((name, values) -> facts.put(name, "%.3f GB".formatted(Statistics.median(values))));
        var six = Statistics.median(memory.getOrDefault("six services", List.of()));
        return new Section(
                "memory when all are ready: PSS, medians",
                List.of(),
                facts,
                List.of(Aim.atMost("six services take", MOST_GIGABYTES, six, "GB")));
    }
}
