package dev.longshore.retention.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SemanticVersionTest {

    @Test
    void isOrderedAsTheSpecificationSays() {
        var ascending = Stream.of(
                        "0.9.10",
                        "1.0.0-alpha",
                        "1.0.0-alpha.1",
                        "1.0.0-alpha.beta",
                        "1.0.0-beta",
                        "1.0.0-beta.2",
                        "1.0.0-beta.11",
                        "1.0.0-rc.1",
                        "1.0.0",
                        "1.0.1",
                        "v1.2.0",
                        "1.10.0",
                        "2.0.0")
                .map(tag -> SemanticVersion.parse(tag).orElseThrow())
                .toList();

        assertThat(ascending).isSortedAccordingTo(Comparator.naturalOrder());
        for (var i = 1; i < ascending.size(); i++) {
            assertThat(ascending.get(i)).isGreaterThan(ascending.get(i - 1));
            assertThat(ascending.get(i - 1)).isLessThan(ascending.get(i));
        }
    }

    @ParameterizedTest
    @CsvSource({"1.0.0, v1.0.0", "1.0.0_4, 1.0.0", "1.0.0-rc.1_linux, 1.0.0-rc.1"})
    void buildMetadataAndTheLetterSayNothing(String left, String right) {
        assertThat(SemanticVersion.parse(left).orElseThrow())
                .isEqualByComparingTo(SemanticVersion.parse(right).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2", "1", "latest", "01.0.0", "1.0.0.0", "x1.0.0", "1.0.0-", "1.0.0 "})
    void otherTagsAreNone(String tag) {
        assertThat(SemanticVersion.parse(tag)).isEmpty();
    }
}
