package dev.longshore.gateway.snap.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapRequestTest {

    @ParameterizedTest
    @ValueSource(strings = {"../../etc", "..", "a/b", "/etc", "a..b", "", "-rf", ".hidden", "a\\\\b", "a\\u0000b"})
    void aNameThatLeadsElsewhereIsRefused(String name) {
        var request = SnapRequest.parse("{\"pod_name\": \"%s\"}".formatted(name));

        assertThatExceptionOfType(SnapException.class)
                .isThrownBy(() -> request.file("pod_name"))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(SnapCode.VALIDATION_ERROR));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "web-5d4f8c7b9-x2x",
                "checkpoint-web_default-counter-2026-11-20T17:59:16+01:00.tar",
                "counter.tar"
            })
    void namesAsTheKubeletMakesThemAreTaken(String name) {
        assertThat(SnapRequest.parse("{\"pod_name\": \"%s\"}".formatted(name)).file("pod_name"))
                .isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "null", "\"a\"", "{\"password\": \"secret\""})
    void whatIsNoObjectIsRefusedWithoutBeingQuoted(String body) {
        assertThatExceptionOfType(SnapException.class)
                .isThrownBy(() -> SnapRequest.parse(body))
                .satisfies(refused -> assertThat(refused.details()).doesNotContain("secret"));
    }

    @Test
    void anAddressWithoutASchemeGetsOne() {
        assertThat(RegistryShapes.address("nexus:5000", true)).isEqualTo("https://nexus:5000");
        assertThat(RegistryShapes.address("nexus:5000", false)).isEqualTo("http://nexus:5000");
        assertThat(RegistryShapes.address("https://nexus", false)).isEqualTo("https://nexus");
    }
}
