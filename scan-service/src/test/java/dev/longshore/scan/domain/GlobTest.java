package dev.longshore.scan.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "*, api, true",
        "*, shop/api, false",
        "**, shop/api, true",
        "**, '', true",
        "*, '', true",
        "shop/*, shop/api, true",
        "shop/*, shop/a/b, false",
        "shop/**, shop/a/b, true",
        "shop/**, shop, false",
        "**/api, left/shop/api, true",
        "release-*, release-1.0, true",
        "release-*, rc-release-1.0, false",
        "a*c*e, abcde, true",
        "a*c*e, abcd, false",
        "1.0, 1.0, true",
        "1.0, 1x0, false",
        "'', '', true",
        "'', a, false",
        "CVE-2021-*, CVE-2021-44228, true",
        "org.apache.**, org.apache.logging.log4j:log4j-core, true"
    })
    void matchesStarWithinASegmentAndTwoStarsAcross(String pattern, String text, boolean matches) {
        assertThat(new Glob(pattern).matches(text)).isEqualTo(matches);
    }

    @Test
    @Timeout(5)
    void takesNoLongerForHostilePatterns() {
        assertThat(new Glob("**a".repeat(80) + "b").matches("a".repeat(255))).isFalse();
    }
}
