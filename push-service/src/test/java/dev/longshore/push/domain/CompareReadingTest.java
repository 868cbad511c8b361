package dev.longshore.push.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.oci.Digest;
import dev.longshore.oci.MediaType;
import dev.longshore.oci.Reference;
import dev.longshore.push.domain.Change.ManifestFound;
import dev.longshore.push.domain.Change.ManifestGone;
import dev.longshore.push.domain.Change.ManifestPushed;
import dev.longshore.push.domain.Change.TagGone;
import dev.longshore.push.domain.Change.TagPoints;
import dev.longshore.registries.Notification.Action;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CompareReadingTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant BEFORE = NOON.minusSeconds(60);
    private static final Instant AFTER = NOON.plusSeconds(60);
    private static final Digest ONE = Digest.of("one".getBytes());
    private static final Digest TWO = Digest.of("two".getBytes());
    private static final Reference TAG = new Reference.Tagged("shop/api", "1.0");
    private static final Push HEARD = new Push(NOON, "ci", true);

    @Test
    void announcesANewTagWithItsManifest() {
        assertThat(changes(found(TAG, ONE, ONE), List.of(push(ONE, NOON)), Known.nothing()))
                .containsExactly(new ManifestFound(facts(ONE), HEARD, false), new TagPoints("1.0", ONE, HEARD, true));
    }

    @Test
    void announcesATagThatMovedToAKnownManifest() {
        // Given
        var known = known(tag(ONE, HEARD), manifest(ONE, HEARD), manifest(TWO, new Push(BEFORE, "ci", true)));

        // When
        var changes = changes(found(TAG, TWO), List.of(push(TWO, AFTER)), known);

        // Then
        var push = new Push(AFTER, "ci", true);
        assertThat(changes)
                .containsExactly(new ManifestPushed(TWO, push, false), new TagPoints("1.0", TWO, push, true));
    }

    @Test
    void saysNothingOfWhatIsReadAgain() {
        // Given
        var known = known(tag(ONE, HEARD), manifest(ONE, HEARD));

        // Then
        assertThat(changes(found(TAG, ONE), List.of(push(ONE, NOON)), known)).isEmpty();
        assertThat(changes(found(TAG, ONE), List.of(push(ONE, BEFORE)), known)).isEmpty();
        assertThat(changes(found(TAG, ONE), List.of(), known)).isEmpty();
    }

    @Test
    void announcesTheSameContentPushedAgain() {
        // Given
        var known = known(tag(ONE, HEARD), manifest(ONE, HEARD));

        // When
        var changes = changes(found(TAG, ONE), List.of(push(ONE, AFTER)), known);

        // Then
        var push = new Push(AFTER, "ci", true);
        assertThat(changes)
                .containsExactly(new ManifestPushed(ONE, push, false), new TagPoints("1.0", ONE, push, true));
    }

    @Test
    void correctsWithoutAnnouncingWhenTheNotificationComesAfterTheFinding() {
        // Given
        var guessed = Push.found(NOON);
        var known = known(tag(ONE, guessed), manifest(ONE, guessed));

        // When
        var changes = changes(found(TAG, ONE), List.of(push(ONE, BEFORE)), known);

        // Then
        var push = new Push(BEFORE, "ci", true);
        assertThat(changes)
                .containsExactly(new ManifestPushed(ONE, push, false), new TagPoints("1.0", ONE, push, false));
    }

    @Test
    void takesNoPushOfOtherContentForThePushOfThis() {
        // When
        var changes = changes(found(TAG, TWO, TWO), List.of(push(ONE, NOON)), Known.nothing());

        // Then
        assertThat(changes)
                .containsExactly(
                        new ManifestFound(facts(TWO), Push.found(AFTER), false),
                        new TagPoints("1.0", TWO, Push.found(AFTER), true));
    }

    @Test
    void announcesByDigestWhatWasOvertakenUnderItsTag() {
        // When
        var changes = changes(found(TAG, TWO, ONE, TWO), List.of(push(ONE, BEFORE), push(TWO, NOON)), Known.nothing());

        // Then
        assertThat(changes)
                .containsExactly(
                        new ManifestFound(facts(ONE), new Push(BEFORE, "ci", true), true),
                        new ManifestFound(facts(TWO), HEARD, false),
                        new TagPoints("1.0", TWO, HEARD, true));
    }

    @Test
    void announcesChildrenBeforeTheirIndex() {
        // When
        var changes = changes(found(TAG, TWO, ONE, TWO), List.of(push(TWO, NOON)), Known.nothing());

        // Then
        assertThat(changes).first().isEqualTo(new ManifestFound(facts(ONE), new Push(NOON, "ci", false), true));
    }

    @Test
    void discardsAReadingThatBeganBeforeWhatIsKnownWasRead() {
        // Given
        var later = new Known.Tag("1.0", TWO, HEARD, AFTER.plusSeconds(1));
        var known = new Known(Optional.of(later), Map.of(TWO, manifest(TWO, HEARD)), List.of());

        // Then
        assertThat(changes(found(TAG, ONE, ONE), List.of(push(ONE, NOON)), known))
                .isEmpty();
        assertThat(changes(nothing(TAG), List.of(), known)).isEmpty();
    }

    @Test
    void forgetsATagThatIsGoneAndKeepsItsManifest() {
        // Given
        var known = known(tag(ONE, HEARD), manifest(ONE, HEARD));

        // Then
        assertThat(changes(nothing(TAG), List.of(), known)).containsExactly(new TagGone("1.0", ONE));
        assertThat(changes(nothing(TAG), List.of(), Known.nothing())).isEmpty();
    }

    @Test
    void forgetsAManifestThatIsGoneWithItsTags() {
        // Given
        var pinned = new Reference.Pinned("shop/api", ONE);
        var known = new Known(Optional.empty(), Map.of(ONE, manifest(ONE, HEARD)), List.of(tag(ONE, HEARD)));

        // Then
        assertThat(changes(nothing(pinned), List.of(), known))
                .containsExactly(new TagGone("1.0", ONE), new ManifestGone(ONE));
    }

    @Test
    void announcesAPushByDigestOnce() {
        // Given
        var pinned = new Reference.Pinned("shop/api", ONE);
        var hints = List.of(new Hint(Action.PUSH, pinned, ONE, NOON, "ci"));

        // Then
        assertThat(changes(found(pinned, ONE, ONE), hints, Known.nothing()))
                .containsExactly(new ManifestFound(facts(ONE), HEARD, true));
        assertThat(changes(
                        found(pinned, ONE),
                        hints,
                        new Known(Optional.empty(), Map.of(ONE, manifest(ONE, HEARD)), List.of())))
                .isEmpty();
    }

    private static List<Change> changes(Reading reading, List<Hint> hints, Known known) {
        return CompareReading.changes(reading, hints, known);
    }

    /** @param read those that were not known */
    private static Reading found(Reference reference, Digest digest, Digest... read) {
        return new Reading(
                reference,
                AFTER,
                Optional.of(digest),
                Stream.of(read).map(CompareReadingTest::facts).toList());
    }

    private static Reading nothing(Reference reference) {
        return new Reading(reference, AFTER, Optional.empty(), List.of());
    }

    private static Hint push(Digest digest, Instant at) {
        return new Hint(Action.PUSH, TAG, digest, at, "ci");
    }

    private static Known known(Known.Tag tag, Known.Manifest... manifests) {
        return new Known(
                Optional.of(tag),
                Stream.of(manifests).collect(Collectors.toMap(Known.Manifest::digest, Function.identity())),
                List.of());
    }

    private static Known.Tag tag(Digest digest, Push push) {
        return new Known.Tag("1.0", digest, push, NOON);
    }

    private static Known.Manifest manifest(Digest digest, Push push) {
        return new Known.Manifest(digest, push, NOON);
    }

    private static ManifestFacts facts(Digest digest) {
        return new ManifestFacts(
                digest,
                MediaType.OCI_MANIFEST,
                null,
                100,
                1000,
                List.of(),
                null,
                null,
                List.of(),
                List.of(),
                Map.of(),
                null);
    }
}
