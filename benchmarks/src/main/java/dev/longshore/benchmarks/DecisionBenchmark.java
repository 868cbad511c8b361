package dev.longshore.benchmarks;

import dev.longshore.benchmarks.measure.Aim;
import dev.longshore.benchmarks.measure.Machine;
import dev.longshore.benchmarks.measure.Measurement;
import dev.longshore.benchmarks.measure.Race;
import dev.longshore.benchmarks.measure.Report;
import dev.longshore.benchmarks.measure.Row;
import dev.longshore.benchmarks.measure.Section;
import dev.longshore.benchmarks.suite.Api;
import dev.longshore.benchmarks.suite.Databases;
import dev.longshore.benchmarks.suite.Durability;
import dev.longshore.benchmarks.suite.Program;
import dev.longshore.benchmarks.suite.Suite;
import dev.longshore.testkit.registry.RegistryProcess;
import dev.longshore.testkit.registry.RegistryProcess.Kind;
import dev.longshore.testkit.registry.TestImage;
import dev.longshore.testkit.registry.TestPush;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** From the registry's notification to the decision, beside {@code trivy image} alone on the same image. */
final class DecisionBenchmark implements AutoCloseable {

    private static final int IMAGES = 100;
    private static final int WARM_UPS = 10;
    private static final int NEW_TAGS = 20;
    private static final double MOST_OVER_TRIVY = 0.3;
    private static final double MOST_FOR_A_NEW_TAG = 0.2;
    private static final double PATIENCE_SECONDS = 60;

    /** What the API answers from, looked at without it: asking it a hundred times a second is work that would be measured too. */
    private static final String STANDING = """
            select 1 from tag join decision on decision.image = tag.image
            where tag.name = ? and decision.digest = ? and decision.action = 'block'""";

    private final Suite suite;
    private final RegistryProcess registry;
    private final PreparedStatement standing;
    private Map<String, Double> warm = Map.of();

    private DecisionBenchmark(Suite suite, RegistryProcess registry, Connection database) throws SQLException {
        this.suite = suite;
        this.registry = registry;
        this.standing = database.prepareStatement(STANDING);
    }

    static Report run(Setting setting) throws Exception {
        var machine = Machine.now();
        var versions = Versions.of(setting, "docker-registry", "trivy");
        try (var suite = setting.suite()) {
            suite.up();
            var durability = Durability.demand(setting.root(), suite);
            try (var registry = RegistryProcess.of(Kind.DISTRIBUTION_2)
                    .inFolder(setting.work().resolve("registry"))
                    .withNotifications(
                            suite.door().resolve("/webhooks/left"), Map.of("Authorization", "Bearer benchmark-secret"))
                    .start()) {
                configure(Api.of(suite), registry);
                try (var benchmark = new DecisionBenchmark(suite, registry, Databases.connect(suite, "scan"))) {
                    var sections = List.of(benchmark.neverSeen(setting), benchmark.knownDigest(setting));
                    return Report.of("decision", machine, versions, durability, sections);
                }
            }
        }
    }

    private static void configure(Api api, RegistryProcess registry) throws IOException, InterruptedException {
        api.put("/api/v1/registries/left", """
                {"vendor": "distribution", "url": "%s", "allowPrivateAddresses": true, "reconcileEvery": "24h",
                 "webhook": {"secret": "benchmark-secret"}}""".formatted(registry.uri()));
        api.put("/api/v1/scan-policies/left", """
                {"scope": {"registries": ["left"], "repositories": ["**"], "tags": ["**"]}, "gracePeriod": "0s",
                 "actions": {"critical": "block", "high": "warn", "medium": "allow", "low": "allow", "unknown": "allow"}}""");
    }

    private Section neverSeen(Setting setting) throws Exception {
        var trivy = new TrivyAlone(suite.home().resolve("trivy"), setting.work().resolve("trivy"));
        var ours = new ArrayList<Measurement>();
        var alone = new ArrayList<Measurement>();
        for (var index = -WARM_UPS; index < setting.runs(IMAGES); index++) {
            if (index == 0) {
                warm = suite.cpuByPart();
            }
            var image = ScannedImages.vulnerable("image " + index);
            var decided = push("app/web", "build-" + (index + WARM_UPS), image);
            var scanned = trivy.scan(registry.host() + "/app/web@" + image.digest());
            if (index >= 0) {
                ours.add(decided);
                alone.add(scanned);
            }
            if (index % 10 == 0) {
                Race.tell("%d: decided after %.3f s, trivy alone %.3f s"
                        .formatted(index, decided.seconds(), scanned.seconds()));
            }
        }
        var rows = List.of(Row.of("longshore", ours), Row.of("trivy image", alone));
        var most = rows.get(1).p95() + MOST_OVER_TRIVY;
        return new Section(
                "an image that was never seen: notified, resolved, unpacked, matched, decided, one after another",
                rows,
                Map.of("CPU s of longshore's parts", cpuOfEach(ours.size())),
                List.of(Aim.atMost(
                        "Trivy's time plus 0.3 s at p95:", most, rows.getFirst().p95(), "s")));
    }

    /** For each image; Trivy's two runs are scan-service's. */
    private String cpuOfEach(int images) throws IOException {
        return suite.cpuByPart().entrySet().stream()
                .map(part -> "%s %.3f"
                        .formatted(part.getKey(), (part.getValue() - warm.getOrDefault(part.getKey(), 0.0)) / images))
                .collect(Collectors.joining(" · "));
    }

    private Section knownDigest(Setting setting) throws Exception {
        var image = ScannedImages.vulnerable("known");
        push("app/known", "first", image);
        var taken = new ArrayList<Measurement>();
        for (var index = 0; index < Math.min(NEW_TAGS, setting.runs(NEW_TAGS)); index++) {
            taken.add(push("app/known", "again-" + index, image));
        }
        var row = Row.of("longshore", taken);
        return new Section(
                "a known digest under a new tag: until the tag has its decision",
                List.of(row),
                Map.of(),
                List.of(Aim.atMost("median", MOST_FOR_A_NEW_TAG, row.median(), "s")));
    }

    /** From when the registry took the manifest, which is when it notifies, until the decision to block it stands. */
    private Measurement push(String repository, String tag, TestImage image)
            throws IOException, InterruptedException, SQLException {
        var push = TestPush.to(registry.uri());
        image.allBlobs().forEach(blob -> push.blob(repository, blob));
        var cpu = suite.cpuSeconds();
        push.manifest(repository, tag, image.manifest());
        var begun = System.nanoTime();
        standing.setString(1, "left/%s:%s".formatted(repository, tag));
        standing.setString(2, image.digest());
        while (!isBlocked()) {
            if (Program.secondsSince(begun) > PATIENCE_SECONDS) {
                throw new IOException("%s:%s is not decided; see %s/logs".formatted(repository, tag, suite.home()));
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return new Measurement(Program.secondsSince(begun), suite.cpuSeconds() - cpu);
    }

    /** What is decided before the scan is a warning: it was not scanned. */
    private boolean isBlocked() throws SQLException {
        try (var rows = standing.executeQuery()) {
            return rows.next();
        }
    }

    @Override
    public void close() throws SQLException {
        standing.getConnection().close();
    }
}
