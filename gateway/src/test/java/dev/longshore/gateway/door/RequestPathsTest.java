package dev.longshore.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/registries/../../q/metrics",
                "/api/v1/..",
                "/api/v1/./registries",
                "/api/v1/%2e%2e/q/health",
                "/api/v1/%2E./q",
                "/api/v1/registries/a%2fb",
                "/api/v1/registries/a%2Fb",
                "/api/v1/registries/a%5cb",
                "/api/v1/registries/a%252fb",
                "/api/v1//registries",
                "//q/metrics",
                "/api/v1/registries;v=1/left",
                "/api/v1/registries%3bv=1",
                "/api/v1/a\\b",
                "/api/v1/a%00b",
                "/api/v1/a%0d%0aX-Injected:1",
                "/api/v1/a%7f",
                "/api/v1/a%zz",
                "/api/v1/a%2",
                "/api/v1/a b",
                "/api/v1/ä",
                "api/v1/registries",
                "*",
                ""
            })
    void refusesWhatTwoProgramsCouldReadDifferently(String path) {
        assertThat(RequestPaths.refusal(path)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/v1/registries",
                "/api/v1/registries/left",
                "/api/v1/registries/left/diagnoses",
                "/api/v1/freezes/registry:left",
                "/api/v1/freezes/registry%3Aleft",
                "/webhooks/left/s3cret_-~.x",
                "/docs/",
                "/api/v1/replication-rules/a..b"
            })
    void letsOrdinaryPathsThrough(String path) {
        assertThat(RequestPaths.refusal(path)).isEmpty();
    }

    @Test
    void refusesEndlessPaths() {
        assertThat(RequestPaths.refusal("/" + "a".repeat(2048))).isNotEmpty();
    }
}
