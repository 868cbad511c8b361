package dev.longshore.benchmarks;

import dev.longshore.benchmarks.measure.Aim;
import dev.longshore.benchmarks.measure.Machine;
import dev.longshore.benchmarks.measure.Measurement;
import dev.longshore.benchmarks.measure.Race;
import dev.longshore.benchmarks.measure.Report;
import dev.longshore.benchmarks.measure.Row;
import dev.longshore.benchmarks.measure.Section;
import dev.longshore.benchmarks.suite.Api;
import dev.longshore.benchmarks.suite.AuditEvents;
import dev.longshore.benchmarks.suite.Databases;
import dev.longshore.benchmarks.suite.Durability;
import dev.longshore.benchmarks.suite.Program;
import dev.longshore.benchmarks.suite.Suite;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How fast the audit trail grows, how long it takes to verify a long one, and what it costs a change to be kept first. */
final class AuditBenchmark implements Benchmark {

    private static final int WARM_UP = 20_000;
    private static final int APPENDED = 100_000;
    private static final long LENGTH = 1_000_000;
    private static final int VERIFICATIONS = 5;
    private static final int CHANGES = 300;
    private static final double LEAST_A_SECOND = 1_000;
    private static final double MOST_SECONDS = 20;
    private static final double PATIENCE_SECONDS = 1_200;

    @Override
    public Report run(Setting setting) throws Exception {
        var machine = Machine.now();
        var versions = Versions.of(setting);
        try (var suite = setting.suite()) {
            suite.up();
            var durability = Durability.demand(setting.root(), suite);
            try (var database = Databases.connect(suite, "gateway");
                    var events = AuditEvents.to(suite)) {
                append(suite, database, events, WARM_UP);
                var sections = List.of(
                        appending(suite, database, events, setting.runs(VERIFICATIONS)),
                        verifying(suite, database, events, setting.runs(VERIFICATIONS)),
                        keeping(suite));
                return Report.of("audit", machine, versions, durability, sections);
            }
        }
    }

    private static Section appending(Suite suite, Connection database, AuditEvents events, int runs)
            throws IOException, SQLException, InterruptedException {
        var taken = new ArrayList<Measurement>();
        for (var run = 0; run < runs; run++) {
            taken.add(append(suite, database, events, APPENDED));
            Race.tell("%d entries appended in %.2f s"
                    .formatted(APPENDED, taken.getLast().seconds()));
        }
        var row = Row.of("longshore", taken);
        var rate = APPENDED / row.median();
        return new Section(
                "%d events on longshore.audit, until all are in the chain".formatted(APPENDED),
                List.of(row),
                Map.of("entries a second", String.format(Locale.ROOT, "%.0f", rate)),
                List.of(new Aim(
                        "at least 1000 entries a second",
                        String.format(Locale.ROOT, "%.0f", rate),
                        rate >= LEAST_A_SECOND)));
    }

    private static Section verifying(Suite suite, Connection database, AuditEvents events, int runs)
            throws IOException, SQLException, InterruptedException {
        var missing = LENGTH - count(database);
        if (missing > 0) {
            append(suite, database, events, (int) missing);
        }
        // Once before, as the pages that were just written are still being written out.
        var api = Api.of(suite);
        api.get("/api/v1/audit/verification");
        var taken = new ArrayList<Measurement>();
        var entries = 0L;
        for (var run = 0; run < runs; run++) {
            var cpu = suite.cpuSeconds();
            var begun = System.nanoTime();
            var verified = api.get("/api/v1/audit/verification");
            taken.add(new Measurement(Program.secondsSince(begun), suite.cpuSeconds() - cpu));
            entries = verified.path("entries").asLong();
            if (!verified.path("state").asText().equals("intact") || entries < LENGTH) {
                throw new IOException("The chain is not what it should be: " + verified);
            }
            Race.tell("%d entries verified in %.2f s"
                    .formatted(entries, taken.getLast().seconds()));
        }
        var row = Row.of("longshore", taken);
        return new Section(
                "GET /api/v1/audit/verification of %d entries".formatted(entries),
                List.of(row),
                Map.of(),
                List.of(Aim.atMost("median", MOST_SECONDS, row.median(), "s")));
    }

    /** A change through the door; how long its entry took to be committed is the gateway's own measurement. */
    private static Section keeping(Suite suite) throws IOException, InterruptedException {
        var api = Api.of(suite);
        var path = "/api/v1/projects/bench";
        var body = "{\"description\": \"%d\"}";
        var taken = new ArrayList<Measurement>();
        for (var index = -50; index < CHANGES; index++) {
            var begun = System.nanoTime();
            api.put(path, body.formatted(index));
            if (index >= 0) {
                taken.add(new Measurement(Program.secondsSince(begun), 0));
            }
        }
        var asked = AuditEvents.meanSeconds(suite, "longshore_audit_asked_seconds");
        return new Section(
                "PUT of a project through the door, one after another",
                List.of(Row.of("longshore", taken)),
                Map.of(
                        "of which kept before it is done",
                        String.format(Locale.ROOT, "mean %.2f ms", asked * TimeUnit.SECONDS.toMillis(1))),
                List.of());
    }

    private static Measurement append(Suite suite, Connection database, AuditEvents events, int count)
            throws IOException, SQLException, InterruptedException {
        var goal = count(database) + count;
        var cpu = suite.cpuSeconds();
        var begun = System.nanoTime();
        events.publish(count);
        while (count(database) < goal) {
            if (Program.secondsSince(begun) > PATIENCE_SECONDS) {
                throw new IOException("%d entries are missing".formatted(goal - count(database)));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return new Measurement(Program.secondsSince(begun), suite.cpuSeconds() - cpu);
    }

    /** The number of the last: to count a million rows takes a while. */
    private static long count(Connection database) throws SQLException {
        try (var statement = database.createStatement();
                var rows = statement.executeQuery("select coalesce(max(number), 0) from audit_entry")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
