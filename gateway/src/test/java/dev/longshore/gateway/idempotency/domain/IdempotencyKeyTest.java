package dev.longshore.gateway.idempotency.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

    @Test
    void isTheSameWithAndWithoutQuotes() {
        assertThat(IdempotencyKey.parse("\"8e03978e-40d5-43dd-bc93-6894a57f9324\""))
                .isEqualTo(IdempotencyKey.parse("8e03978e-40d5-43dd-bc93-6894a57f9324"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\"\"", "a b", "a\tb", "ä", "\"a", "a\\b"})
    void isNotJustAnything(String header) {
        assertThat(IdempotencyKey.parse(header)).isEmpty();
    }

    @Test
    void isNotLong() {
        assertThat(IdempotencyKey.parse("a".repeat(255))).isPresent();
        assertThat(IdempotencyKey.parse("a".repeat(256))).isEmpty();
    }
}
