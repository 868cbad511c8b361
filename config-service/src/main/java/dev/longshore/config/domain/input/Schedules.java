package dev.longshore.config.domain.input;

import dev.longshore.schedules.CronSchedule;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Schedules: five-field cron (minute, hour, day of month, month, day of week), in UTC unless {@code CRON_TZ=} and a time
 * zone come before it.
 */
public final class Schedules {

    private static final String ZONE = "CRON_TZ=";
    private static final int LONGEST = 120;

    private Schedules() {}

    public static Optional<String> problem(String schedule) {
        if (schedule.length() > LONGEST) {
            return Optional.of("A schedule has at most %d characters".formatted(LONGEST));
        }
        var cron = schedule;
        if (schedule.startsWith(ZONE)) {
            var space = schedule.indexOf(' ');
            var zone = schedule.substring(ZONE.length(), space < 0 ? schedule.length() : space);
            if (!isZone(zone)) {
                return Optional.of("%s is not a time zone such as Europe/Berlin".formatted(Quoted.of(zone)));
            }
            cron = space < 0 ? "" : schedule.substring(space + 1);
        }
        return cronProblem(cron);
    }

    private static Optional<String> cronProblem(String cron) {
        if (cron.strip().split("\\s+").length != 5) {
            return Optional.of(
                    "%s is not a schedule of five fields such as 0 */6 * * *: minute, hour, day of month, month, day of week"
                            .formatted(Quoted.of(cron)));
        }
        try {
            CronSchedule.parse(cron);
            return Optional.empty();
        } catch (IllegalArgumentException failure) {
            return Optional.of("%s is not a schedule: %s".formatted(Quoted.of(cron), failure.getMessage()));
        }
    }

    private static boolean isZone(String zone) {
        try {
            return !ZoneId.of(zone).getId().isEmpty();
        } catch (DateTimeException _) {
            return false;
        }
    }
}
