package dev.longshore.benchmarks;

import dev.longshore.benchmarks.measure.Aim;
import dev.longshore.benchmarks.measure.Contender;
import dev.longshore.benchmarks.measure.Machine;
import dev.longshore.benchmarks.measure.Measurement;
import dev.longshore.benchmarks.measure.ProcessFigures;
import dev.longshore.benchmarks.measure.Race;
import dev.longshore.benchmarks.measure.Report;
import dev.longshore.benchmarks.measure.Row;
import dev.longshore.benchmarks.measure.Section;
import dev.longshore.benchmarks.suite.Api;
import dev.longshore.benchmarks.suite.Durability;
import dev.longshore.benchmarks.suite.Folders;
import dev.longshore.benchmarks.suite.Program;
import dev.longshore.benchmarks.suite.Suite;
import dev.longshore.testkit.registry.RegistryProcess;
import dev.longshore.testkit.registry.RegistryProcess.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** From an archive of 300 MB on the disk to an image in the registry, beside the recipe that SNAP runs with buildah. */
final class CheckpointBenchmark implements Benchmark {

    private static final int RUNS = 5;
    private static final int MEBIBYTES = 300;
    private static final String NAME = "checkpoint-300";
    private static final String OURS = "longshore";
    private static final double HALF = 0.5;
    private static final double PATIENCE_SECONDS = 120;
    private static final String SMALL = "push-service/src/test/resources/checkpoints/crio-minimal-mounts.tar";

    private int pushes;

    @Override
    public Report run(Setting setting) throws Exception {
        var machine = Machine.now();
        var versions = Versions.of(setting, "docker-registry", "buildah");
        try (var suite = setting.suite()) {
            suite.up();
            var durability = Durability.demand(setting.root(), suite);
            try (var registry = RegistryProcess.of(Kind.DISTRIBUTION_2)
                    .inFolder(setting.work().resolve("registry"))
                    .start()) {
                var api = Api.of(suite);
                api.put("/api/v1/registries/target", """
                        {"vendor": "distribution", "url": "%s", "allowPrivateAddresses": true, "reconcileEvery": "24h"}""".formatted(registry.uri()));
                var folder = Files.createDirectories(suite.home().resolve("checkpoints"));
                var archive = folder.resolve(NAME + ".tar");
                CheckpointArchive.write(archive, setting.root().resolve(SMALL), MEBIBYTES);
                var section = compare(setting, suite, api, registry, archive);
                return Report.of("checkpoint", machine, versions, durability, List.of(section));
            }
        }
    }

    private Section compare(Setting setting, Suite suite, Api api, RegistryProcess registry, Path archive)
            throws Exception {
        var buildah = new BuildahRecipe(setting.work().resolve("buildah"), registry.host());
        var known = System.nanoTime();
        while (true) {
            try {
                push(suite, api);
                break;
            } catch (IOException refused) {
                if (Program.secondsSince(known) > PATIENCE_SECONDS) {
                    throw refused;
                }
                TimeUnit.MILLISECONDS.sleep(500);
            }
        }
        var measured = Race.run(
                setting.runs(RUNS),
                List.of(
                        new Contender(OURS, () -> intoEmpty(registry, () -> push(suite, api))),
                        new Contender("buildah", () -> intoEmpty(registry, () -> buildah.push(archive)))));
        var rows = Row.compared(measured, OURS);
        var most = rows.get(1).median() * HALF;
        return new Section(
                "a checkpoint archive of 300 MB to a pushed image",
                rows,
                Map.of("CPU of longshore", "push-service's"),
                List.of(Aim.atMost(
                        "half of buildah's time,", most, rows.getFirst().median(), "s")));
    }

    private static Measurement intoEmpty(RegistryProcess registry, Callable<Measurement> work) throws Exception {
        Folders.delete(registry.folder().resolve("data"));
        return work.call();
    }

    /** Until the API says that it is done. */
    private Measurement push(Suite suite, Api api) throws IOException, InterruptedException {
        var service = suite.pid("push-service");
        var cpu = ProcessFigures.cpuSeconds(service);
        var begun = System.nanoTime();
        var id = api.post("/api/v1/checkpoints", """
                {"path": "%s.tar", "registry": "target", "repository": "checkpoints/bench", "tag": "run-%d"}""".formatted(NAME, ++pushes))
                .path("id")
                .asText();
        while (true) {
            var checkpoint = api.get("/api/v1/checkpoints/" + id);
            switch (checkpoint.path("state").asText()) {
                case "succeeded" -> {
                    return new Measurement(Program.secondsSince(begun), ProcessFigures.cpuSeconds(service) - cpu);
                }
                case "failed" -> throw new IOException("The push failed: " + checkpoint);
                default -> TimeUnit.MILLISECONDS.sleep(20);
            }
            if (Program.secondsSince(begun) > PATIENCE_SECONDS) {
                throw new IOException("The push does not end: " + checkpoint);
            }
        }
    }
}
