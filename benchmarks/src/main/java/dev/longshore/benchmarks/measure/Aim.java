package dev.longshore.benchmarks.measure;

import java.util.Locale;

/** What was to be reached, and whether it was. */
public record Aim(String aim, String seen, boolean met) {

    /** At 0.95 and more, equal is equal. */
    private static final double EQUAL = 0.95;

    public static Aim notSlowerThanTheFastest(Row ours) {
        var ratio = ours.ratio() == null ? 0 : ours.ratio();
        return new Aim(
                "not slower than the fastest peer (ratio 0.95 and more)", format("ratio %.2f", ratio), ratio >= EQUAL);
    }

    public static Aim atMost(String what, double most, double seen, String unit) {
        return new Aim(format("%s at most %.2f %s", what, most, unit), format("%.2f %s", seen, unit), seen <= most);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
