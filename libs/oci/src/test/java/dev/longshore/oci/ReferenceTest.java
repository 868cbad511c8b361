package dev.longshore.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longshore.oci.InvalidReferenceException.Part;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {

    private static final String SHA256 = "sha256:" + "a".repeat(64);

    /** As the distribution specification has it, which backtracks for long: only for short texts. */
    private static final Pattern SPECIFIED =
            Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");

    @Test
    void tellsTagsFromDigests() {
        assertThat(ImageReference.parse("nexus-registry/shop/api:1.0")).satisfies(image -> {
            assertThat(image.registry()).isEqualTo("nexus-registry");
            assertThat(image.repository()).isEqualTo("shop/api");
            assertThat(image.tag()).contains("1.0");
            assertThat(image.digest()).isEmpty();
        });
        assertThat(ImageReference.parse("left/shop/api@" + SHA256)).satisfies(image -> {
            assertThat(image.tag()).isEmpty();
            assertThat(image.digest()).contains(Digest.parse(SHA256));
            assertThat(image).hasToString("left/shop/api@" + SHA256);
        });
        assertThat(Reference.of("a", "v1")).isEqualTo(new Reference.Tagged("a", "v1"));
        assertThat(Reference.of("a", SHA256)).isEqualTo(new Reference.Pinned("a", Digest.parse(SHA256)));
    }

    @Test
    void goesFromATagToItsDigest() {
        assertThat(ImageReference.parse("left/shop/api:1.0").at(Digest.parse(SHA256)))
                .isEqualTo(ImageReference.parse("left/shop/api@" + SHA256));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nexus | REFERENCE | The reference 'nexus' is not registry-name/repository:tag or registry-name/repository@digest",
                "left/shop/api | REFERENCE | The reference 'shop/api' has neither a tag nor a digest",
                "left/shop/api:1@sha256:0 | REFERENCE | The reference 'shop/api:1@sha256:0' has a tag and a digest; give one",
                "Left/shop:1 | REGISTRY | The registry name 'Left' may have only lower case letters, digits and hyphens, and begins with a letter or digit",
                "registry.corp:5000/shop:1 | REGISTRY | The registry name 'registry.corp:5000' may have only lower case letters, digits and hyphens, and begins with a letter or digit",
                "/shop:1 | REGISTRY | The registry name is empty",
                "left/:1 | REPOSITORY | The repository is empty",
                "left/Shop/Api:1 | REPOSITORY | The repository 'Shop/Api' has capital letters; repositories are lower case",
                "left/shop//api:1 | REPOSITORY | The repository 'shop//api' has an empty path segment",
                "left/shop/-api:1 | REPOSITORY | The repository 'shop/-api' has the path segment '-api'; a segment is letters and digits, joined by '.', '_', '__' or hyphens",
                "left/shop/../api:1 | REPOSITORY | The repository 'shop/../api' has the path segment '..'; a segment is letters and digits, joined by '.', '_', '__' or hyphens",
                "left/shop: | TAG | The tag is empty",
                "left/shop:-1 | TAG | The tag '-1' may have only letters, digits, '.', '_' and '-', and begins with none of '.' and '-'",
                "left/shop:a:b | TAG | The tag 'a:b' may have only letters, digits, '.', '_' and '-', and begins with none of '.' and '-'",
                "left/shop@sha1:abc | DIGEST | The digest algorithm 'sha1' is not known; sha256 and sha512 are",
            })
    void saysWhichPartIsWrongAndWhy(String value, Part part, String message) {
        assertThatExceptionOfType(InvalidReferenceException.class)
                .isThrownBy(() -> ImageReference.parse(value))
                .withMessage(message)
                .satisfies(failure -> assertThat(failure.part()).isEqualTo(part));
    }

    @Test
    void knowsTheLongestNames() {
        assertThat(Names.tag("t".repeat(128))).hasSize(128);
        assertThat(Names.repository("r".repeat(255))).hasSize(255);
        assertThat(Names.registry("r".repeat(63))).hasSize(63);
        assertThatExceptionOfType(InvalidReferenceException.class)
                .isThrownBy(() -> Names.tag("t".repeat(129)))
                .withMessageEndingWith("has 129 characters; at most 128 are allowed");
        assertThatExceptionOfType(InvalidReferenceException.class).isThrownBy(() -> Names.repository("r".repeat(256)));
        assertThatExceptionOfType(InvalidReferenceException.class).isThrownBy(() -> Names.registry("r".repeat(64)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "library/alpine", "a/b/c_d--e.f/deep", "a__b", "a---b", "0/1.2"})
    void takesTheseRepositories(String name) {
        assertThat(Names.repository(name)).isEqualTo(name);
    }

    @Property
    void agreesWithTheSpecification(
            @ForAll @Chars({'a', '0', '.', '_', '-', '/', 'A'}) @StringLength(max = 10) String name) {
        assertThat(isRepository(name)).isEqualTo(SPECIFIED.matcher(name).matches());
    }

    @Property(tries = 50)
    void isQuickToRefuse(@ForAll @Chars({'a', '_', '-', '.'}) @StringLength(min = 240, max = 254) String name) {
        assertThat(isRepository(name + "!")).isFalse();
    }

    @Property
    void readsBackWhatItWrites(@ForAll("references") String text) {
        assertThat(ImageReference.parse(text)).hasToString(text);
    }

    @Property
    void failsOnlyAsPromised(@ForAll String text) {
        try {
            assertThat(ImageReference.parse(text)).hasToString(text);
        } catch (InvalidReferenceException expected) {
            assertThat(expected.getMessage()).doesNotContain("\n").isNotEmpty();
        }
    }

    @Provide
    Arbitrary<String> references() {
        var registry = Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .ofMinLength(1)
                .ofMaxLength(63);
        var segment = Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .ofMinLength(1)
                .ofMaxLength(20);
        var repository = segment.list().ofMinSize(1).ofMaxSize(5).map(parts -> String.join("/", parts));
        var tag = Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars('_')
                .ofMinLength(1)
                .ofMaxLength(128);
        var rest = Arbitraries.oneOf(tag.map(text -> ":" + text), Arbitraries.just("@" + SHA256));
        return Combinators.combine(registry, repository, rest).as((r, name, end) -> r + "/" + name + end);
    }

    private static boolean isRepository(String name) {
        try {
            Names.repository(name);
            return true;
        } catch (InvalidReferenceException _) {
            return false;
        }
    }
}
