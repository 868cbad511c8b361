package dev.longshore.oci;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"\0", "\n", "\r", "\u001b", "\u007f", "\u0085", "\u200b", "\u202e", "\u2028", "\u2029", "\ud83d"
            })
    void showsNothingThatForgesALineOrHidesInIt(String character) {
        assertThat(ForeignText.printable("a" + character + "b")).isEqualTo("a?b");
    }

    @Test
    void leavesWhatPeopleRead() {
        assertThat(ForeignText.printable("Größe 10 €, 東京 🚢")).isEqualTo("Größe 10 €, 東京 🚢");
    }

    @Test
    void cutsBetweenCharacters() {
        assertThat(ForeignText.cut("abc", 3)).isEqualTo("abc");
        assertThat(ForeignText.cut("abcd", 3)).isEqualTo("abc…");
        assertThat(ForeignText.cut("ab🚢", 3)).isEqualTo("ab…");
        assertThat(ForeignText.cut("a🚢b", 3)).isEqualTo("a🚢…");
    }

    @Test
    void quotes() {
        assertThat(ForeignText.quoted("a\nbcd", 3)).isEqualTo("'a?b…'");
    }
}
