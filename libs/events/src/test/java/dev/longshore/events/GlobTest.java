package dev.longshore.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "shop/api, shop/api, true",
        "shop/api, shop/api2, false",
        "shop/*, shop/api, true",
        "shop/*, shop/api/v1, false",
        "shop/*, shop, false",
        "shop/**, shop/api/v1, true",
        "shop/**, shopping/api, false",
        "**, shop/api, true",
        "*, shop/api, false",
        "**/api, api, true",
        "**/api, shop/eu/api, true",
        "**/api, shop/my-api, false",
        "shop/**/api, shop/api, true",
        "shop/**/api, shop/a/b/api, true",
        "shop/**/api, shop/xapi, false",
        "release-*, release-1.0, true",
        "release-*, latest, false",
        "*.*.*, 1.2.3, true",
        "1.?, 1.2, false",
        "1.+, 1.+, true",
        "*, api, true",
        "**, '', true",
        "*, '', true",
        "shop/**, shop, false",
        "**/api, left/shop/api, true",
        "**/api, shop/api/v1, false",
        "**/**/api, api, true",
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
    void matchesAsDocumented(String pattern, String text, boolean matches) {
        assertThat(Glob.parse(pattern).matches(text)).isEqualTo(matches);
    }

    @Test
    void isItsPattern() {
        assertThat(Glob.parse("a*")).isEqualTo(Glob.parse("a*")).isNotEqualTo(Glob.parse("a**"));
        assertThat(Glob.parse("a*")).hasSameHashCodeAs(Glob.parse("a*")).hasToString("a*");
        assertThat(Glob.parse("**").matchesAnyTag()).isTrue();
        assertThat(Glob.parse("v*").matchesAnyTag()).isFalse();
    }

    @Test
    void takesNoTimeForAPatternMadeToTakeLong() {
        var glob = Glob.parse("*a".repeat(100) + "b");
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(1), () -> glob.matches("a".repeat(255)));
    }
}
