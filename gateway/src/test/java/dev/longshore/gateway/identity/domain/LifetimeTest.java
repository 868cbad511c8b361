package dev.longshore.gateway.identity.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LifetimeTest {

    @ParameterizedTest
    @CsvSource({"30d, P30D", "24h, PT24H", "15m, PT15M", "10s, PT10S", "0s, PT0S", "PT1H, PT1H", "p1d, P1D"})
    void reads(String text, Duration meant) {
        assertThat(Lifetime.parse(text)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "1y", "-1d", "PT-1H", "9999999999d", "1 d"})
    void refuses(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Lifetime.parse(text));
    }
}
