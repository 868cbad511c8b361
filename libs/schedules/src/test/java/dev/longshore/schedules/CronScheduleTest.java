package dev.longshore.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CronScheduleTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void isInUtcUnlessItSaysOtherwise() {
        assertThat(CronSchedule.parse("30 2 * * *").after(NOON)).contains(Instant.parse("2026-11-22T02:30:00Z"));
        assertThat(CronSchedule.parse("CRON_TZ=Europe/Berlin 30 2 * * *").after(NOON))
                .contains(Instant.parse("2026-11-22T01:30:00Z"));
        assertThat(CronSchedule.parse("*/5 * * * *").after(NOON)).contains(Instant.parse("2026-11-21T12:05:00Z"));
    }

    @Test
    void refusesWhatIsNoSchedule() {
        assertThatThrownBy(() -> CronSchedule.parse("every hour")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CronSchedule.parse("CRON_TZ=Mars/Base 0 0 * * *"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Mars/Base");
        assertThatThrownBy(() -> CronSchedule.parse("CRON_TZ=UTC")).isInstanceOf(IllegalArgumentException.class);
    }
}
