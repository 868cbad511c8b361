package dev.longshore.gateway.webhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptHeadersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "Proxy-Authorization",
                "Cookie",
                "X-JFrog-Event-Auth",
                "X-Hub-Signature-256",
                "X-Nexus-Webhook-Signature",
                "X-Gitlab-Token",
                "X-Api-Key",
                "X-My-Secret",
                "X-Odd-Name"
            })
    void leavesSecretsOut(String field) {
        var kept = KeptHeaders.of(List.of(Map.entry(field, "hunter2")), "x-odd-name");

        assertThat(kept).isEmpty();
    }

    @Test
    void keepsTheOthersInLowerCaseWithAllTheirValues() {
        var kept = KeptHeaders.of(
                List.of(
                        Map.entry("User-Agent", "Go-http-client/1.1"),
                        Map.entry("X-GitHub-Event", "a"),
                        Map.entry("x-github-event", "b"),
                        Map.entry("Connection", "close")),
                "Authorization");

        assertThat(kept)
                .containsOnly(Map.entry("user-agent", "Go-http-client/1.1"), Map.entry("x-github-event", "a, b"));
    }

    @Test
    void boundsNumberAndLength() {
        var many = IntStream.range(0, 500)
                .mapToObj(i -> Map.entry("x-" + i, "v".repeat(5000)))
                .toList();

        var kept = KeptHeaders.of(many, "Authorization");

        assertThat(kept).hasSize(64).allSatisfy((_, value) -> assertThat(value).hasSizeLessThan(1100));
    }
}
