package dev.longshore.oci.client.headers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("1994-11-06T08:49:30Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | PT0S",
                " 120 | PT2M",
                "999999999999999999 | PT24H",
                "Sun, 06 Nov 1994 08:49:37 GMT | PT7S",
                "Sun Nov  6 08:49:37 1994 | PT7S",
                "Sun, 06 Nov 1994 08:49:00 GMT | PT0S",
                "Wed, 06 Nov 2030 08:49:37 GMT | PT24H",
            })
    void tellsHowLongToWait(String value, Duration wait) {
        assertThat(RetryAfter.parse(value, NOW)).contains(wait);
    }

    @Test
    void readsTheOldDateWithItsShortYear() {
        assertThat(RetryAfter.parse("Saturday, 21-Nov-26 08:49:37 GMT", Instant.parse("2026-11-21T08:49:30Z")))
                .contains(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "soon", "99999999999999999999", "Sun, 99 Nov 1994 08:49:37 GMT"})
    void knowsNothingOfOtherValues(String value) {
        assertThat(RetryAfter.parse(value, NOW)).isEmpty();
    }

    @Property
    void neverFailsAndNeverWaitsLong(@ForAll @StringLength(max = 60) String value) {
        assertThat(RetryAfter.parse(value, NOW).orElse(Duration.ZERO)).isBetween(Duration.ZERO, RetryAfter.LONGEST);
    }

    @Property
    void readsBackAnyDate(@ForAll @IntRange(max = 86_400) int seconds) {
        var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                NOW.plusSeconds(seconds).atOffset(ZoneOffset.UTC));

        assertThat(RetryAfter.parse(date, NOW)).contains(Duration.ofSeconds(seconds));
    }
}
