package dev.longshore.config.domain.input;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 30d}, {@code 24h}, {@code 15m}, {@code 10s}, or as ISO 8601 has it. */
public final class Durations {

    private static final Pattern SHORT = Pattern.compile("(\\d{1,9})([dhms])");

    private Durations() {}

    /** @throws IllegalArgumentException if it is neither, or negative */
    public static Duration parse(String text) {
        var parts = SHORT.matcher(text);
        if (parts.matches()) {
            var amount = Long.parseLong(parts.group(1));
            return switch (parts.group(2)) {
                case "d" -> Duration.ofDays(amount);
                case "h" -> Duration.ofHours(amount);
                case "m" -> Duration.ofMinutes(amount);
                default -> Duration.ofSeconds(amount);
            };
        }
        try {
            var duration = Duration.parse(text);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeException | ArithmeticException _) {
            // Said below, together with what would do.
        }
        throw new IllegalArgumentException(
                "%s is not a duration such as 30d, 24h, 15m, 10s or PT1H30M".formatted(Quoted.of(text)));
    }

    /** In the largest unit that leaves no rest. */
    public static String format(Duration duration) {
        var seconds = duration.toSeconds();
        if (duration.getNano() != 0) {
            return duration.toString();
        }
        if (seconds != 0 && seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds != 0 && seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds != 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
