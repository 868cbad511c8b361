package dev.longshore.config.domain.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "30d, PT720H, 30d",
        "24h, PT24H, 1d",
        "15m, PT15M, 15m",
        "10s, PT10S, 10s",
        "0s, PT0S, 0s",
        "PT1H30M, PT1H30M, 90m",
        "P7D, PT168H, 7d",
        "90s, PT1M30S, 90s",
        "PT0.5S, PT0.5S, PT0.5S"
    })
    void areReadAndWrittenAgain(String text, Duration meant, String written) {
        assertThat(Durations.parse(text)).isEqualTo(meant);
        assertThat(Durations.format(meant)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "d", "7 d", "-1d", "1.5h", "7D", "1w", "PT-5M", "9999999999d", "P1Y"})
    void whatIsNoneIsNamed(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is not a duration");
    }
}
