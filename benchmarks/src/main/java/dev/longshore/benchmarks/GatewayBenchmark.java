package dev.longshore.benchmarks;

import static java.util.concurrent.CompletableFuture.supplyAsync;

import dev.longshore.benchmarks.measure.Aim;
import dev.longshore.benchmarks.measure.HttpLoad;
import dev.longshore.benchmarks.measure.Machine;
import dev.longshore.benchmarks.measure.Race;
import dev.longshore.benchmarks.measure.Report;
import dev.longshore.benchmarks.measure.Section;
import dev.longshore.benchmarks.measure.Statistics;
import dev.longshore.benchmarks.suite.Api;
import dev.longshore.benchmarks.suite.Durability;
import dev.longshore.benchmarks.suite.Suite;
import dev.longshore.testkit.InternalTokens;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What the gateway adds to a service's own answer, and what it costs to know who asks. Both are measured at once, at half
 * the load that saturates the machine.
 */
final class GatewayBenchmark implements Benchmark {

    private static final String REGISTRY = "/api/v1/registries/measured";
    private static final int RUNS = 5;
    private static final int WARM_UP_SECONDS = 20;
    private static final int SECONDS = 15;
    private static final int CONNECTIONS = 16;
    /** So much of the load is not what makes the load, but what is measured under it. */
    private static final double PROBES = 0.1;

    private final Map<String, List<Double>> figures = new LinkedHashMap<>();

    @Override
    public Report run(Setting setting) throws Exception {
        var machine = Machine.now();
        var versions = Versions.of(setting);
        try (var suite = setting.suite()) {
            suite.set("LONGSHORE_LIMITS_IDENTITY", "100000000");
            suite.set("LONGSHORE_LIMITS_ADDRESS", "100000000");
            // Before the launcher makes others: the service is asked directly, too.
            var tokens = InternalTokens.in(suite.home());
            suite.up();
            var durability = Durability.demand(setting.root(), suite);
            var api = Api.of(suite);
            api.put(REGISTRY, "{\"vendor\": \"distribution\", \"url\": \"https://registry.example\"}");
            var sections = measure(setting, suite, api, tokens);
            return Report.of("gateway", machine, versions, durability, sections);
        }
    }

    private List<Section> measure(Setting setting, Suite suite, Api api, InternalTokens tokens) throws Exception {
        var service = "http://127.0.0.1:" + suite.port("config-service");
        var through = load(suite.door().resolve(REGISTRY), api.token());
        load(URI.create(service + REGISTRY), tokens.administrator("config-service"))
                .saturate(CONNECTIONS, 5);
        through.saturate(CONNECTIONS, WARM_UP_SECONDS);
        var most = through.saturate(CONNECTIONS, SECONDS);
        Race.tell("saturated at %.0f requests a second".formatted(most));
        figures.clear();
        for (var run = 0; run < setting.runs(RUNS); run++) {
            // Good for a minute: one for each run.
            var direct = load(URI.create(service + REGISTRY), tokens.administrator("config-service"));
            compare(through, direct, most / 2);
            authenticate(suite, api.token(), most / 2);
        }
        return List.of(added(most), authentication(most));
    }

    private void compare(HttpLoad through, HttpLoad direct, double rate) throws InterruptedException {
        var directly = inBackground(direct, rate * PROBES);
        var gateway = through.atRate(rate * (1 - PROBES), CONNECTIONS, SECONDS);
        var service = directly.join();
        for (var percent : List.of(50, 99)) {
            var name = "p" + percent;
            keep("gateway " + name, Statistics.percentile(gateway, percent));
            keep("service " + name, Statistics.percentile(service, percent));
            keep("added " + name, Statistics.percentile(gateway, percent) - Statistics.percentile(service, percent));
        }
        Race.tell("added p50 %.2f ms, p99 %.2f ms".formatted(last("added p50"), last("added p99")));
    }

    /** Two paths with nothing at them: for one of them somebody has to be known. */
    private void authenticate(Suite suite, String token, double rate) throws InterruptedException {
        var open = inBackground(load(suite.door().resolve("/nothing"), token), rate * PROBES);
        var closed = inBackground(load(suite.door().resolve("/api/v1/nothing"), token), rate * PROBES);
        load(suite.door().resolve(REGISTRY), token).atRate(rate * (1 - 2 * PROBES), CONNECTIONS, SECONDS);
        var without = open.join();
        var with = closed.join();
        keep("known p50", Statistics.percentile(with, 50) - Statistics.percentile(without, 50));
        Race.tell("authentication %.3f ms".formatted(last("known p50")));
    }

    private Section added(double most) {
        var facts = facts("gateway p50", "service p50", "gateway p99", "service p99", "added p50", "added p99");
        facts.put("saturated at", "%.0f requests a second".formatted(most));
        facts.put("measured at", "%.0f requests a second, a tenth of them directly".formatted(most / 2));
        return new Section(
                "a read through the gateway and of the service itself, at once: medians of the runs",
                List.of(),
                facts,
                List.of(
                        Aim.atMost("added at p50", 2, median("added p50"), "ms"),
                        Aim.atMost("added at p99", 10, median("added p99"), "ms")));
    }

    private Section authentication(double most) {
        var facts = facts("known p50");
        facts.put("measured at", "%.0f requests a second".formatted(most / 2));
        return new Section(
                "who asks: a path that takes a token against one that takes none, nothing at either; quota and permission"
                        + " included",
                List.of(),
                facts,
                List.of(Aim.atMost("authentication by token", 0.5, median("known p50"), "ms")));
    }

    private Map<String, String> facts(String... names) {
        var facts = new LinkedHashMap<String, String>();
        for (var name : names) {
            facts.put(name, "%.3f ms".formatted(median(name)));
        }
        return facts;
    }

    private void keep(String name, double value) {
        figures.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    private double median(String name) {
        return Statistics.median(figures.getOrDefault(name, List.of()));
    }

    private double last(String name) {
        return figures.getOrDefault(name, List.of()).getLast();
    }

    private static HttpLoad load(URI address, String token) {
        return new HttpLoad(address, "Authorization: Bearer " + token + "\r\n");
    }

    private static CompletableFuture<List<Double>> inBackground(HttpLoad load, double rate) {
        return supplyAsync(() -> {
            try {
                return load.atRate(rate, 4, SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        });
    }
}
