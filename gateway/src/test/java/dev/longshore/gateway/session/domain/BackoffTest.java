package dev.longshore.gateway.session.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.gateway.session.domain.Backoff.Attempts;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Backoff backoff = new Backoff(3, Duration.ofMinutes(1), Duration.ofHours(1));

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "2, 0", "3, 1", "4, 2", "5, 4", "8, 32", "9, 60", "1000000, 60"})
    void eachWaitIsTwiceTheOneBefore(int failures, long seconds) {
        var next = backoff.next(new Attempts(failures, NOON, NOON), NOON.plusSeconds(60));

        assertThat(next.failures()).isEqualTo(failures + 1);
        assertThat(next.nextAt()).isEqualTo(NOON.plusSeconds(60 + seconds));
    }

    @Test
    void forgetsAfterAnHour() {
        var next = backoff.next(new Attempts(50, NOON, NOON), NOON.plus(Duration.ofHours(1)));

        assertThat(next.failures()).isEqualTo(1);
        assertThat(next.isBlocked(NOON.plus(Duration.ofHours(1)))).isFalse();
    }
}
