package dev.longshore.benchmarks;

import dev.longshore.benchmarks.NoiseImages.Layer;
import dev.longshore.benchmarks.measure.Aim;
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
import java.util.concurrent.TimeUnit;

/** How much memory replication-service takes while it copies a small and a very large layer. */
final class CopyMemoryBenchmark implements Benchmark {

    private static final int SMALL_COPIES = 10;
    private static final double MOST_MEGABYTES = 300;
    private static final double MOST_DIFFERENCE = 30;
    private static final double MEGA = 1e6;
    private static final long MEBI = 1 << 20;

    @Override
    public Report run(Setting setting) throws Exception {
        var machine = Machine.now();
        var versions = Versions.of(setting, "docker-registry");
        try (var suite = setting.suite()) {
            suite.up();
            var durability = Durability.demand(setting.root(), suite);
            try (var site = CopySite.at(setting, suite)) {
                var images = new NoiseImages(site.source.uri());
                Race.tell("pushing a layer of 10 MB and one of 4 GiB");
                images.push("small", CopySite.TAG, List.of(new Layer(1, 10 * MEBI)));
                images.push("huge", CopySite.TAG, List.of(new Layer(2, 4096 * MEBI)));
                site.awaitKnown("small");
                var sections = List.of(measure(site, setting));
                return Report.of("copy-memory", machine, versions, durability, sections);
            }
        }
    }

    private record Peak(double pss, double rss) {
        @Override
        public String toString() {
            return "PSS %.0f MB, RSS %.0f MB".formatted(pss, rss);
        }
    }

    private static Section measure(CopySite site, Setting setting) throws Exception {
        var small = new ArrayList<Measurement>();
        var huge = new ArrayList<Measurement>();
        var afterSmall = peak(site, () -> repeat(site, "small", SMALL_COPIES, small));
        var afterHuge = peak(site, () -> repeat(site, "huge", setting.runs(1), huge));
        var facts = new LinkedHashMap<String, String>();
        facts.put("peak, layers of 10 MB", afterSmall.toString());
        facts.put("peak, a layer of 4 GiB", afterHuge.toString());
        return new Section(
                "replication-service while it copies",
                List.of(Row.of("a layer of 10 MB", small), Row.of("a layer of 4 GiB", huge)),
                facts,
                List.of(
                        Aim.atMost("replication-service takes", MOST_MEGABYTES, afterHuge.pss(), "MB (PSS)"),
                        Aim.atMost(
                                "4 GiB instead of 10 MB takes more by",
                                MOST_DIFFERENCE,
                                afterHuge.pss() - afterSmall.pss(),
                                "MB (PSS)")));
    }

    private static void repeat(CopySite site, String repository, int times, List<Measurement> into)
            throws IOException, InterruptedException {
        for (var turn = 0; turn < times; turn++) {
            site.empty();
            into.add(site.copy(List.of(repository)));
            site.verify(List.of(repository));
            Race.tell("%s %.2f s".formatted(repository, into.getLast().seconds()));
        }
    }

    /** Looked at four times a second while the work lasts. */
    private static Peak peak(CopySite site, Work work) throws Exception {
        var pid = site.suite.pid("replication-service");
        ProcessFigures.forgetPeak(pid);
        var highest = new long[1];
        var watch = Thread.ofPlatform().daemon().start(() -> watch(pid, highest));
        try {
            work.run();
        } finally {
            watch.interrupt();
            watch.join();
        }
        return new Peak(highest[0] / MEGA, ProcessFigures.peakRss(pid) / MEGA);
    }

    private static void watch(long pid, long[] highest) {
        try {
            while (true) {
                highest[0] = Math.max(highest[0], ProcessFigures.pss(pid));
                TimeUnit.MILLISECONDS.sleep(250);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Work {
        void run() throws Exception;
    }
}
