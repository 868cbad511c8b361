package dev.longshore.schedules;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/** Five-field cron, in UTC unless it begins with a time zone: {@code CRON_TZ=Europe/Berlin 0 2 * * *}. */
public final class CronSchedule {

    private static final String ZONE = "CRON_TZ=";

    private final ExecutionTime times;
    private final ZoneId zone;

    private CronSchedule(ExecutionTime times, ZoneId zone) {
        this.times = times;
        this.zone = zone;
    }

    /** @throws IllegalArgumentException if the text is no schedule */
    public static CronSchedule parse(String text) {
        var trimmed = text.strip();
        var zone = (ZoneId) ZoneOffset.UTC;
        if (trimmed.startsWith(ZONE)) {
            var space = trimmed.indexOf(' ');
            if (space < 0) {
                throw new IllegalArgumentException("The schedule has a time zone and nothing else");
            }
            zone = zone(trimmed.substring(ZONE.length(), space));
            trimmed = trimmed.substring(space).strip();
        }
        var parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
        return new CronSchedule(ExecutionTime.forCron(parser.parse(trimmed)), zone);
    }

    /** Empty for one that never comes, such as the 30th of February. */
    public Optional<Instant> after(Instant now) {
        return times.nextExecution(now.atZone(zone)).map(ZonedDateTime::toInstant);
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException("The time zone '" + name + "' is not known", unknown);
        }
    }
}
