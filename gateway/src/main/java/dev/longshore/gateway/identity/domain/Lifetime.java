package dev.longshore.gateway.identity.domain;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Spans of time as the API has them: {@code 30d}, {@code 24h}, {@code 15m}, {@code 10s}; ISO 8601 is accepted. */
public final class Lifetime {

    private static final Pattern SHORT = Pattern.compile("(\\d{1,9})([dhms])");

    private Lifetime() {}

    /** @throws IllegalArgumentException if it is none */
    public static Duration parse(String text) {
        var match = SHORT.matcher(text);
        if (match.matches()) {
            var amount = Long.parseLong(match.group(1));
            return switch (match.group(2)) {
                case "d" -> Duration.ofDays(amount);
                case "h" -> Duration.ofHours(amount);
                case "m" -> Duration.ofMinutes(amount);
                default -> Duration.ofSeconds(amount);
            };
        }
        try {
            var parsed = Duration.parse(text.toUpperCase(Locale.ROOT));
            if (!parsed.isNegative()) {
                return parsed;
            }
        } catch (DateTimeParseException _) {
            // Said below.
        }
        throw new IllegalArgumentException("is no span of time, such as 90d, 24h, 15m or 10s");
    }
}
