package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The names of metrics: what the code counts, what docs/metrics.md says, what alerts and dashboard ask for. */
class ObservabilityTest {

    private static final Pattern IN_CODE = Pattern.compile("\"(longshore\\.[a-z.]+)\"");
    private static final Pattern IN_TEXT = Pattern.compile("longshore_[a-z_]+");
    private static final Pattern DOCUMENTED = Pattern.compile("^\\| `(longshore_[a-z_]+)` ", Pattern.MULTILINE);

    /** Attributes of spans and of connections, beside meters in the same file. */
    private static final Set<String> NO_METERS = Set.of("longshore_attempt", "longshore_guarded");

    private static final Path PROMETHEUS = Modules.root().resolve("deploy/prometheus");
    private static final Path DASHBOARD = Modules.root().resolve("deploy/grafana/longshore.json");

    @Test
    void everyMeterIsDocumented() throws IOException {
        var documented = documented().stream()
                .map(name -> name.replaceFirst("_(total|seconds)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        var inCode = meters().stream()
                .map(name -> name.replaceFirst("_(total|seconds)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(inCode);
    }

    @Test
    void alertsAskForWhatThereIs() throws IOException {
        assertThat(asked(Files.readString(PROMETHEUS.resolve("alerts.yml"))))
                .isNotEmpty()
                .isSubsetOf(documented());
    }

    @Test
    void theDashboardShowsEverything() throws IOException {
        assertThat(asked(Files.readString(DASHBOARD))).isEqualTo(documented());
    }

    @Test
    void everyAlertNamesAPageThatExists() throws IOException {
        var pages = Pattern.compile("runbook: (\\S+)")
                .matcher(Files.readString(PROMETHEUS.resolve("alerts.yml")))
                .results()
                .map(match -> Modules.root().resolve(match.group(1)))
                .collect(Collectors.toSet());

        assertThat(pages).isNotEmpty().allSatisfy(page -> assertThat(page).exists());
    }

    @Test
    void alertsFireWhenTheyShould() throws IOException, InterruptedException {
        var output = run(PROMETHEUS.resolve("check").toString());

        // Exit code 127: there is no promtool. In CI there must be one.
        assumeTrue(output.status() != 127 || System.getenv("CI") != null, output.text());
        assertThat(output.status()).as(output.text()).isZero();
    }

    @Test
    void theDashboardsQueriesAreQueries() throws IOException, InterruptedException {
        var rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
        for (var expression : new ObjectMapper().readTree(DASHBOARD.toFile()).findValuesAsText("expr")) {
            rules.append("      - record: panel\n        expr: >-\n          ")
                    .append(expression.replace("$__rate_interval", "5m"))
                    .append('\n');
        }
        var file = Files.createTempFile("dashboard", ".yml");
        try {
            Files.writeString(file, rules);
            var output = run(
                    "sh",
                    "-c",
                    "command -v promtool > /dev/null || exit 127; promtool check rules --lint=none " + file);

            assumeTrue(output.status() != 127 || System.getenv("CI") != null, output.text());
            assertThat(output.status()).as(output.text()).isZero();
        } finally {
            Files.delete(file);
        }
    }

    private record Output(int status, String text) {}

    private static Output run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(text).isTrue();
        return new Output(process.exitValue(), text);
    }

    /** As Prometheus names them, but for the endings that depend on the kind of meter. */
    private static Set<String> meters() {
        return Modules.all().stream()
                .flatMap(module -> Modules.javaFiles(module.resolve("src/main/java")).stream())
                .map(file -> String.join("\n", Modules.lines(file)))
                .filter(source -> source.contains("MeterRegistry"))
                .flatMap(source -> IN_CODE.matcher(source).results())
                .map(match -> match.group(1).replace('.', '_'))
                .filter(name -> !NO_METERS.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> documented() throws IOException {
        return DOCUMENTED
                .matcher(Files.readString(Modules.root().resolve("docs/metrics.md")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> asked(String text) {
        return IN_TEXT.matcher(text)
                .results()
                .map(match -> match.group().replaceFirst("_(bucket|count|sum|max)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
