package dev.longshore.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longshore.oci.InvalidReferenceException.Part;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestTest {

    private static final String EMPTY = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @Test
    void isTheHashOfTheContent() {
        assertThat(Digest.of(new byte[0])).hasToString(EMPTY);
        assertThat(Digest.of("sha512", "abc".getBytes(UTF_8)).hex())
                .startsWith("ddaf35a193617abacc417349ae20413112e6fa4e89a97ea2")
                .hasSize(128);
    }

    @Test
    void hashesWhatStreams() {
        var hash = Digest.parse(EMPTY).newHash();
        hash.update("ab".getBytes(UTF_8));
        hash.update("c".getBytes(UTF_8));

        assertThat(Digest.from("sha256", hash.digest())).isEqualTo(Digest.of("abc".getBytes(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "md5:d41d8cd98f00b204e9800998ecf8427e | The digest algorithm 'md5' is not known; sha256 and sha512 are",
                "SHA256:e3b0 | The digest algorithm 'SHA256' is not known; sha256 and sha512 are",
                "sha256:e3b0 | The digest 'sha256:e3b0' is not sha256: followed by 64 lower case hexadecimal digits",
                "sha512:E3 | The digest 'sha512:E3' is not sha512: followed by 128 lower case hexadecimal digits",
                "e3b0 | The digest 'e3b0' has no algorithm before a colon",
                ":e3b0 | The digest ':e3b0' has no algorithm before a colon",
                "`` | The digest '' has no algorithm before a colon",
            })
    void saysWhatIsWrong(String value, String message) {
        assertThatExceptionOfType(InvalidReferenceException.class)
                .isThrownBy(() -> Digest.parse(value))
                .withMessage(message)
                .satisfies(failure -> assertThat(failure.part()).isEqualTo(Part.DIGEST));
    }

    @Test
    void refusesCapitalHex() {
        assertThatExceptionOfType(InvalidReferenceException.class)
                .isThrownBy(() -> Digest.parse(EMPTY.replace('e', 'E')));
    }

    @Property
    void readsBackWhatItWrites(@ForAll byte[] content) {
        var digest = Digest.of(content);

        assertThat(Digest.parse(digest.toString())).isEqualTo(digest);
        assertThat(digest.matches(content)).isTrue();
        assertThat(Digest.of("sha512", content).matches(content)).isTrue();
    }

    @Property
    void failsOnlyWithAMessage(@ForAll String text) {
        assertThatExceptionOfType(InvalidReferenceException.class)
                .isThrownBy(() -> Digest.parse(text))
                .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(250));
    }
}
