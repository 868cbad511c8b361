package dev.longshore.replication.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FallbackTagTest {

    private static final String HEX = "ab".repeat(32);

    @Test
    void knowsTheListOfReferrersAndWhatOlderToolsAttach() {
        assertThat(FallbackTag.subject("sha256-" + HEX)).map(Object::toString).contains("sha256:" + HEX);
        assertThat(FallbackTag.subject("sha256-" + HEX + ".sig"))
                .map(Object::toString)
                .contains("sha256:" + HEX);
        assertThat(FallbackTag.is("sha512-" + HEX)).isTrue();
        assertThat(FallbackTag.subject("sha512-" + HEX)).isEmpty();
    }

    @Test
    void takesNoOtherTagForOne() {
        assertThat(FallbackTag.is("1.0")).isFalse();
        assertThat(FallbackTag.is("sha256-abc")).isFalse();
    }
}
