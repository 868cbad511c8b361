package dev.longshore.benchmarks;

import dev.longshore.benchmarks.NoiseImages.Layer;
import dev.longshore.benchmarks.measure.Aim;
import dev.longshore.benchmarks.measure.Contender;
import dev.longshore.benchmarks.measure.Machine;
import dev.longshore.benchmarks.measure.Measurement;
import dev.longshore.benchmarks.measure.ProcessFigures;
import dev.longshore.benchmarks.measure.Race;
import dev.longshore.benchmarks.measure.Report;
import dev.longshore.benchmarks.measure.Row;
import dev.longshore.benchmarks.measure.Section;
import dev.longshore.benchmarks.suite.Durability;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Copies between two local registries by a warm replication-service, beside crane, regctl, regsync and skopeo. */
final class CopyBenchmark implements Benchmark {

    private static final int RUNS = 5;
    private static final int WARM_UPS = 3;
    private static final long MEBI = 1 << 20;
    private static final String OURS = "longshore";

    private static final List<String> ONE = List.of("one/large");
    private static final List<String> MANY =
            IntStream.range(0, 20).mapToObj("many/image-%02d"::formatted).toList();

    @Override
    public Report run(Setting setting) throws Exception {
        var machine = Machine.now();
        var versions = Versions.of(setting, "docker-registry", "crane", "regctl", "regsync", "skopeo");
        try (var suite = setting.suite()) {
            suite.up();
            var durability = Durability.demand(setting.root(), suite);
            try (var site = CopySite.at(setting, suite)) {
                prepare(site);
                var peers = new CopyPeers(site, setting.work());
                var rounds = setting.runs(RUNS);
                var one = compare("one image with one layer of 1 GiB", site, peers, ONE, rounds);
                var many = compare("20 images of 52 MB, 20 MB of it shared", site, peers, MANY, rounds);
                return Report.of("copy", machine, versions, durability, List.of(one, many));
            }
        }
    }

    private static void prepare(CopySite site) throws IOException, InterruptedException {
        Race.tell("pushing what will be copied");
        var images = new NoiseImages(site.source.uri());
        images.push(ONE.getFirst(), CopySite.TAG, List.of(new Layer(1, 1024 * MEBI)));
        for (var index = 0; index < MANY.size(); index++) {
            var seed = 100L * (index + 1);
            var own = IntStream.range(0, 4).mapToObj(layer -> new Layer(seed + layer, 8 * MEBI));
            var layers = Stream.concat(Stream.of(new Layer(2, 20 * MEBI)), own).toList();
            images.push(MANY.get(index), CopySite.TAG, layers);
        }
        Race.tell("warming up");
        site.awaitKnown(MANY.getFirst());
        for (var turn = 0; turn < WARM_UPS; turn++) {
            site.empty();
            site.copy(MANY);
        }
    }

    private static Section compare(String title, CopySite site, CopyPeers peers, List<String> repositories, int rounds)
            throws Exception {
        Race.tell(title);
        var whole = new ArrayList<Double>();
        var contenders = new ArrayList<Contender>();
        contenders.add(new Contender(OURS, () -> {
            var before = site.suite.cpuSeconds();
            var taken = work(site, repositories, () -> site.copy(repositories));
            whole.add(site.suite.cpuSeconds() - before);
            return taken;
        }));
        CopyPeers.NAMES.forEach(peer -> contenders.add(new Contender(
                peer, () -> work(site, repositories, () -> peers.copy(peer, repositories)))));
        var rows = Row.compared(Race.run(rounds, contenders), OURS);
        var facts = new LinkedHashMap<String, String>();
        var median = dev.longshore.benchmarks.measure.Statistics.median(whole);
        facts.put(
                "CPU of the whole suite",
                "%.2f s, with requests, tasks, events and what it does besides".formatted(median));
        facts.put(
                "PSS of replication-service",
                "%.0f MB".formatted(ProcessFigures.pss(site.suite.pid("replication-service")) / 1e6));
        return new Section(title, rows, facts, List.of(Aim.notSlowerThanTheFastest(rows.getFirst())));
    }

    /** Into an empty target, and looked at afterwards. */
    private static Measurement work(
            CopySite site, List<String> repositories, java.util.concurrent.Callable<Measurement> copy)
            throws Exception {
        site.empty();
        var taken = copy.call();
        site.verify(repositories);
        return taken;
    }
}
