package dev.longshore.oci.client.headers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WwwAuthenticateTest {

    @Test
    void readsWhatDockerHubSays() {
        var challenges = WwwAuthenticate.parse(
                "Bearer realm=\"https://auth.docker.io/token\","
                        + "service=\"registry.docker.io\",scope=\"repository:library/alpine:pull,push\",error=\"invalid_token\"");

        assertThat(challenges)
                .containsExactly(new Challenge(
                        "bearer",
                        Map.of(
                                "realm", "https://auth.docker.io/token",
                                "service", "registry.docker.io",
                                "scope", "repository:library/alpine:pull,push",
                                "error", "invalid_token")));
    }

    @Test
    void readsSeveralChallengesInOneField() {
        var challenges =
                WwwAuthenticate.parse("Negotiate abc123==, Basic realm=\"a, b\", BEARER Realm = https://x/token ,"
                        + " Service=\"say \\\"hi\\\"\"");

        assertThat(challenges)
                .containsExactly(
                        new Challenge("negotiate", Map.of()),
                        new Challenge("basic", Map.of("realm", "a, b")),
                        new Challenge("bearer", Map.of("realm", "https://x/token", "service", "say \"hi\"")));
    }

    @Test
    void readsSeveralFields() {
        assertThat(WwwAuthenticate.parse(List.of("Basic realm=\"one\"", "Bearer realm=\"two\"")))
                .extracting(Challenge::scheme)
                .containsExactly("basic", "bearer");
    }

    @Test
    void readsASchemeWithoutParameters() {
        assertThat(WwwAuthenticate.parse("Basic")).containsExactly(new Challenge("basic", Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "=", "\"", "Bearer realm=\"unfinished", "Bearer realm=", "Bearer \\", "\0\1\2"})
    void leavesOutWhatMakesNoSense(String field) {
        assertThat(WwwAuthenticate.parse(field)).hasSizeLessThanOrEqualTo(1);
    }

    @Property
    void neverFails(@ForAll @StringLength(max = 200) String field) {
        assertThat(WwwAuthenticate.parse(field)).isNotNull();
    }

    @Property
    void survivesItsOwnAlphabet(
            @ForAll @Chars({'"', '\\', ',', '=', ' ', 'a', 'B', ':', '/'}) @StringLength(max = 60) String field) {
        assertThat(WwwAuthenticate.parse(field)).isNotNull();
    }

    @Property
    void readsBackAnyQuotedValue(
            @ForAll @AlphaChars @StringLength(min = 1, max = 20) String name,
            @ForAll @StringLength(max = 40) String value) {
        var quoted = value.replace("\\", "\\\\").replace("\"", "\\\"");

        var challenges = WwwAuthenticate.parse("Bearer " + name + "=\"" + quoted + "\"");

        assertThat(challenges).hasSize(1);
        assertThat(challenges.getFirst().parameter(name.toLowerCase(Locale.ROOT)))
                .contains(value);
    }
}
