package dev.longshore.benchmarks.measure;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the runs of one contender come to.
 *
 * @param cpuSeconds the median of one run
 * @param ratio the median of the fastest peer by this one's: 1 is as fast, 0.5 takes twice as long; null without peers
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Row(
        String name,
        int runs,
        double median,
        double lowest,
        double p95,
        double highest,
        double cpuSeconds,
        @Nullable Double ratio) {

    public static Row of(String name, List<Measurement> runs) {
        var seconds = runs.stream().map(Measurement::seconds).toList();
        return new Row(
                name,
                runs.size(),
                Statistics.median(seconds),
                Statistics.percentile(seconds, 0),
                Statistics.percentile(seconds, 95),
                Statistics.percentile(seconds, 100),
                Statistics.median(runs.stream().map(Measurement::cpuSeconds).toList()),
                null);
    }

    /** Each with its ratio to the fastest of those that are not ours. */
    public static List<Row> compared(Map<String, List<Measurement>> measured, String ours) {
        var rows = new ArrayList<Row>();
        measured.forEach((name, runs) -> rows.add(of(name, runs)));
        var fastest = rows.stream()
                .filter(row -> !row.name().equals(ours))
                .mapToDouble(Row::median)
                .min()
                .orElseThrow();
        return rows.stream().map(row -> row.against(fastest)).toList();
    }

    private Row against(double fastest) {
        return new Row(name, runs, median, lowest, p95, highest, cpuSeconds, fastest / median);
    }
}
