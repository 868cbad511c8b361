package dev.longshore.gateway.proxy.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection",
                "keep-alive",
                "Proxy-Authorization",
                "Proxy-Connection",
                "TE",
                "Trailer",
                "Transfer-Encoding",
                "Upgrade",
                "Authorization",
                "Cookie",
                "Host",
                "Forwarded",
                "X-Forwarded-For",
                "x-forwarded-host",
                "X-Forwarded-Anything",
                "X-Real-IP",
                "traceparent",
                "X-Secret-Hop"
            })
    void endsAtTheGateway(String field) {
        var rules = HeaderRules.of(List.of("close, x-secret-hop"));

        assertThat(rules.goesToService(field)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Accept", "Content-Type", "Content-Length", "If-Match", "Idempotency-Key", "X-Request-Id"})
    void goesOnToTheService(String field) {
        assertThat(HeaderRules.of(List.of("keep-alive")).goesToService(field)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"connection", "Transfer-Encoding", "Server", "Set-Cookie", "Trailer"})
    void isNotToldToTheCaller(String field) {
        assertThat(HeaderRules.of(List.of()).goesToCaller(field)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type", "ETag", "Location", "Retry-After", "Content-Length", "Vary"})
    void isToldToTheCaller(String field) {
        assertThat(HeaderRules.of(List.of()).goesToCaller(field)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8001/api/v1/registries/left, /api/v1/registries/left",
        "/api/v1/registries/left, /api/v1/registries/left",
        "http://127.0.0.1:80011/elsewhere, http://127.0.0.1:80011/elsewhere",
        "https://registry.example/elsewhere, https://registry.example/elsewhere"
    })
    void namesNoInnerAddress(String location, String expected) {
        assertThat(HeaderRules.publicLocation(location, "http://127.0.0.1:8001"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"content-length", "Content-Length"})
    void doesNotLetAConnectionFieldTakeTheLengthAway(String field) {
        assertThat(HeaderRules.of(List.of("content-length")).goesToService(field))
                .isTrue();
    }
}
