package dev.longshore.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathSecretRedactionTest {

    @ParameterizedTest
    @CsvSource({
        "/webhooks/left/hunter2, /webhooks/left/…",
        "http://127.0.0.1:8000/webhooks/left/hunter2?x=1, http://127.0.0.1:8000/webhooks/left/…?x=1",
        "/webhooks/left, /webhooks/left",
        "/webhooks/left/hunter2/more, /webhooks/left/…"
    })
    void keepsTheSecretOut(String address, String expected) {
        assertThat(PathSecretRedaction.redacted(address)).isEqualTo(expected);
    }
}
