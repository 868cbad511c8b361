package dev.longshore.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {

    @Test
    void isComparedWithTheFastestPeerNotWithItself() {
        var measured = new LinkedHashMap<String, List<Measurement>>();
        measured.put("ours", runs(2, 2.5, 3));
        measured.put("slow", runs(5, 5, 5));
        measured.put("fast", runs(2, 9, 2));

        var rows = Row.compared(measured, "ours");

        assertThat(rows).extracting(Row::ratio).containsExactly(0.8, 0.4, 1.0);
        assertThat(Aim.notSlowerThanTheFastest(rows.getFirst()).met()).isFalse();
        assertThat(Aim.notSlowerThanTheFastest(rows.getLast()).met()).isTrue();
    }

    @Test
    void hasTheRunsMedianAndExtremes() {
        var row = Row.of("ours", runs(4, 1, 3, 2));

        assertThat(row.median()).isEqualTo(2.5);
        assertThat(row.lowest()).isEqualTo(1);
        assertThat(row.highest()).isEqualTo(4);
        assertThat(row.p95()).isEqualTo(4);
        assertThat(row.cpuSeconds()).isEqualTo(0.5);
    }

    @Test
    void p95LeavesOutTheLastFiveOfAHundred() {
        var hundred = java.util.stream.IntStream.rangeClosed(1, 100)
                .mapToObj(Double::valueOf)
                .toList();

        assertThat(Statistics.percentile(hundred, 95)).isEqualTo(95);
    }

    private static List<Measurement> runs(double... seconds) {
        return java.util.Arrays.stream(seconds)
                .mapToObj(each -> new Measurement(each, 0.5))
                .toList();
    }
}
