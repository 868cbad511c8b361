package dev.longshore.retention.domain.policy;

import java.time.Duration;

/** Durations as people write them: {@code 7d}. */
public final class Durations {

    private Durations() {}

    public static String format(Duration duration) {
        var seconds = duration.toSeconds();
        if (seconds == 0 || duration.getNano() != 0) {
            return duration.toString();
        }
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
