package dev.longshore.registries;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookAuthenticityTest {

    private final WebhookAuthenticity authenticity = WebhookAuthenticity.of("today", "yesterday", null);

    @ParameterizedTest
    @ValueSource(strings = {"Bearer today", "bearer today", "Bearer yesterday", "today"})
    void acceptsTheSecretAndTheOneBefore(String authorization) {
        assertThat(accepts(authenticity, Map.of("Authorization", authorization), null))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer tomorrow",
                "Bearer today2",
                "Bearer toda",
                "Digest today",
                "Basic today"
            })
    void refusesAnythingElse(String authorization) {
        assertThat(accepts(authenticity, Map.of("Authorization", authorization), null))
                .isFalse();
    }

    @Test
    void refusesARequestWithoutAnySecret() {
        assertThat(accepts(authenticity, Map.of(), null)).isFalse();
        assertThat(accepts(authenticity, Map.of("X-Secret", "today"), null)).isFalse();
    }

    @Test
    void acceptsABasicPasswordOfAnyUser() {
        assertThat(accepts(authenticity, Map.of("Authorization", basic("registry:today")), null))
                .isTrue();
        assertThat(accepts(authenticity, Map.of("Authorization", basic("today:")), null))
                .isFalse();
        assertThat(accepts(authenticity, Map.of("Authorization", basic("today")), null))
                .isFalse();
    }

    @Test
    void acceptsTheHeaderThatTheSettingsName() {
        var named = WebhookAuthenticity.of("today", null, "X-Registry-Secret");

        assertThat(accepts(named, Map.of("x-registry-secret", "today"), null)).isTrue();
        assertThat(accepts(named, Map.of("x-registry-secret", "yesterday"), null))
                .isFalse();
    }

    @Test
    void acceptsASecretInThePath() {
        assertThat(accepts(authenticity, Map.of(), "today")).isTrue();
        assertThat(accepts(authenticity, Map.of(), "Today")).isFalse();
        assertThat(accepts(authenticity, Map.of(), "")).isFalse();
    }

    @Test
    void comparesBytes() {
        var umlaut = WebhookAuthenticity.of("geheimnisträger", "", "");
        var asServersGiveIt = new String("Bearer geheimnisträger".getBytes(UTF_8), ISO_8859_1);

        assertThat(accepts(umlaut, Map.of("Authorization", asServersGiveIt), null))
                .isTrue();
        assertThat(accepts(umlaut, Map.of("Authorization", basic("x:geheimnisträger")), null))
                .isTrue();
        assertThat(accepts(umlaut, Map.of("Authorization", "Bearer "), null)).isFalse();
    }

    @Test
    void needsASecret() {
        assertThatIllegalArgumentException().isThrownBy(() -> WebhookAuthenticity.of("", "yesterday", null));
    }

    private static boolean accepts(WebhookAuthenticity authenticity, Map<String, String> headers, String path) {
        var anyCase = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        return authenticity.accepts(
                name -> anyCase.containsKey(name) ? List.of(anyCase.get(name)) : List.of(), Optional.ofNullable(path));
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }
}
