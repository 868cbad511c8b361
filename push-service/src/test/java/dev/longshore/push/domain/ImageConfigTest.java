package dev.longshore.push.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.oci.Platform;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageConfigTest {

    @Test
    void keepsPlatformLabelsAndTimeOfMaking() {
        // When
        var config = parse("""
                {"os":"linux","architecture":"arm64","variant":"v8","created":"2026-11-20T10:00:00.5+01:00",
                 "config":{"Labels":{"org.opencontainers.image.source":"https://example.com"}}}""");

        // Then
        assertThat(config)
                .isEqualTo(new ImageConfig(
                        Optional.of(Platform.parse("linux/arm64/v8")),
                        Map.of("org.opencontainers.image.source", "https://example.com"),
                        Optional.of(Instant.parse("2026-11-20T09:00:00.5Z"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "not JSON",
                "{}",
                "{\"config\":null}",
                "{\"config\":{\"Labels\":null}}",
                "{\"os\":\"unknown\",\"architecture\":\"unknown\"}",
                "{\"os\":7,\"architecture\":[]}",
                "{\"created\":\"yesterday\"}"
            })
    void takesAConfigThatSaysNothingForEmpty(String text) {
        assertThat(parse(text)).isEqualTo(ImageConfig.none());
    }

    @Test
    void dropsWhatCannotBeStored() {
        assertThat(parse("{\"config\":{\"Labels\":{\"a\":\"b\\u0000c\"}}}").labels())
                .isEqualTo(Map.of("a", "bc"));
    }

    @Test
    void boundsLabels() {
        assertThat(parse("{\"config\":{\"Labels\":{\"a\":\"%s\"}}}".formatted("x".repeat(100_000)))
                        .labels()
                        .get("a"))
                .hasSize(4096);
    }

    private static ImageConfig parse(String text) {
        return ImageConfig.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
