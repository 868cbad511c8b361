package dev.longshore.gateway.webhook.domain;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"{\"events\":[]}", "[]", " {\"a\":\"\\u0000ä\"} \n"})
    void takesADocument(String text) {
        assertThat(JsonText.of(text.getBytes(UTF_8))).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "hello", "<html>", "{", "{\"a\":1", "{} {}", "{}x", "1", "\"a\"", "null", "{'a':1}"})
    void refusesWhatIsNone(String text) {
        assertThat(JsonText.of(text.getBytes(UTF_8))).isEmpty();
    }

    @Test
    void refusesOtherEncodingsAndBrokenOnes() {
        assertThat(JsonText.of("{\"a\":1}".getBytes(UTF_16))).isEmpty();
        assertThat(JsonText.of(new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'}))
                .isEmpty();
    }

    @Test
    void refusesBottomlessNesting() {
        assertThat(JsonText.of(("[".repeat(100_000) + "]".repeat(100_000)).getBytes(UTF_8)))
                .isEmpty();
    }
}
