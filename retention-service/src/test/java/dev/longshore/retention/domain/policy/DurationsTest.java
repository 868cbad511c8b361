package dev.longshore.retention.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({"PT48H, 2d", "PT36H, 36h", "PT90M, 90m", "PT90S, 90s", "PT0S, PT0S", "PT1.5S, PT1.5S", "PT60S, 1m"})
    void areInTheLargestUnitThatLeavesNoRest(Duration duration, String text) {
        assertThat(Durations.format(duration)).isEqualTo(text);
    }
}
