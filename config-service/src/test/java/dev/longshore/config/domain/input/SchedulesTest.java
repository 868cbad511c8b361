package dev.longshore.config.domain.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"0 */6 * * *", "15 2 * * 1-5", "CRON_TZ=Europe/Berlin 0 3 1 * *", "0 0 * * SUN"})
    void fiveFieldsAndPerhapsATimeZone(String schedule) {
        assertThat(Schedules.problem(schedule)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0 */6 * *",
                "0 0 */6 * * *",
                "61 * * * *",
                "0 25 * * *",
                "a b c d e",
                "@daily",
                "CRON_TZ=Mars/Olympus 0 3 * * *",
                "CRON_TZ=UTC",
                "0 0 0 * *"
            })
    void anythingElseIsNamed(String schedule) {
        assertThat(Schedules.problem(schedule)).isPresent();
    }
}
