package dev.longshore.config.domain.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobsTest {

    @ParameterizedTest
    @CsvSource({
        "shop/*, shop/api, true",
        "shop/*, shop/api/v1, false",
        "shop/**, shop/api/v1, true",
        "**, anything/at/all, true",
        "*, a/b, false",
        "*-api, shop-api, true",
        "sh.p, shop, false"
    })
    void oneStarStaysWithinASegmentAndTwoDoNot(String glob, String text, boolean matches) {
        assertThat(Globs.matches(glob, text)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop/**", "**", "a", "library/alpine", "*/api"})
    void repositoryPatterns(String glob) {
        assertThat(Globs.repository(glob)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Shop/*", "shop//api", "/shop", "shop/", "***", "shop/{a,b}", "shop?", "a b", "shop:1.0"})
    void whatIsNoRepositoryPattern(String glob) {
        assertThat(Globs.repository(glob)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"trusted-images:*", "internal/*:latest", "left/shop/**", "**"})
    void imagePatterns(String glob) {
        assertThat(Globs.image(glob)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":latest", "a@sha256:00ff", "a:b:c", "A/b", "a b"})
    void whatIsNoImagePattern(String glob) {
        assertThat(Globs.image(glob)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1/2", "", "ä", "a:b"})
    void whatIsNoTagPattern(String glob) {
        assertThat(Globs.tag(glob)).isPresent();
    }
}
