package dev.longshore.config.domain;

import static dev.longshore.config.domain.Specs.json;
import static dev.longshore.config.domain.Specs.wrong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExemptionSpecTest {

    private static final String GOOD =
            "{'vulnerabilities': ['CVE-2021-44228'], 'images': ['left/shop/*'], 'reason': 'r', 'owner': 'o'";

    @Test
    void holdsForAllPackagesAndForEverUnlessItSaysOtherwise() {
        var exemption = ExemptionSpec.parse("log4j", json(GOOD + "}")).event("log4j", 1);

        assertThat(exemption.packages()).containsExactly("**");
        assertThat(exemption.expiresAt()).isNull();
    }

    @Test
    void cannotBeMadeExpired() {
        var exemption = ExemptionSpec.parse("log4j", json(GOOD + ", 'expiresAt': '2027-01-31T00:00:00+01:00'}"));

        assertThat(exemption.expiresAt()).isEqualTo(Instant.parse("2027-01-30T23:00:00Z"));
        assertThatCode(() -> exemption.checkWhenNew(Instant.parse("2027-01-30T22:59:59Z")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> exemption.checkWhenNew(Instant.parse("2027-01-30T23:00:00Z")))
                .hasMessageContaining("is past");
        assertThat(ExemptionSpec.parse("log4j", SpecJson.of(exemption))).isEqualTo(exemption);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                              | /vulnerabilities
                    {'vulnerabilities': []}                                         | /vulnerabilities
                    {'vulnerabilities': ['the log4j one']}                          | /vulnerabilities/0
                    {'vulnerabilities': ['CVE-1'], 'reason': 'r', 'owner': 'o'}     | /images
                    {'vulnerabilities': ['CVE-1'], 'images': ['*'], 'owner': 'o'}   | /reason
                    {'vulnerabilities': ['CVE-1'], 'images': ['*'], 'reason': ' ', 'owner': 'o'} | /reason
                    {'vulnerabilities': ['CVE-1'], 'images': ['*'], 'reason': 'r'}  | /owner
                    {'vulnerabilities': ['CVE-1'], 'images': ['A'], 'reason': 'r', 'owner': 'o'} | /images/0
                    {'vulnerabilities': ['CVE-1'], 'images': ['*'], 'reason': 'r', 'owner': 'o', 'expiresAt': 'soon'} | /expiresAt
                    {'vulnerabilities': ['CVE-1'], 'images': ['*'], 'reason': 'r', 'owner': 'o', 'expiresAt': '2027-01-31'} | /expiresAt
                    """)
    void whatIsWrongIsNamed(String text, String pointer) {
        assertThat(wrong(body -> ExemptionSpec.parse("log4j", body), text))
                .startsWith("invalid-request\n" + pointer + " ");
    }
}
