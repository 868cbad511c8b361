package dev.longshore.push.domain;

import dev.longshore.oci.Digest;
import dev.longshore.oci.Reference;
import dev.longshore.push.domain.Change.ManifestFound;
import dev.longshore.push.domain.Change.ManifestGone;
import dev.longshore.push.domain.Change.ManifestPushed;
import dev.longshore.push.domain.Change.TagGone;
import dev.longshore.push.domain.Change.TagPoints;
import dev.longshore.registries.Notification.Action;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a reading changes in the inventory. The same reading twice changes nothing the second time; one that began before
 * what is known was read changes nothing at all.
 */
public final class CompareReading {

    private final Reading reading;
    private final List<Hint> hints;
    private final Known known;
    private final List<Change> changes = new ArrayList<>();

    private CompareReading(Reading reading, List<Hint> hints, Known known) {
        this.reading = reading;
        this.hints = hints;
        this.known = known;
    }

    /** @param hints that led to the reading; none if it was found by listing */
    public static List<Change> changes(Reading reading, List<Hint> hints, Known known) {
        if (isStale(reading, known)) {
            return List.of();
        }
        var comparison = new CompareReading(reading, hints, known);
        comparison.compare();
        return List.copyOf(comparison.changes);
    }

    public static boolean isStale(Reading reading, Known known) {
        return switch (reading.reference()) {
            case Reference.Tagged _ ->
                known.tag()
                        .filter(tag -> tag.readAt().isAfter(reading.startedAt()))
                        .isPresent();
            case Reference.Pinned pinned ->
                Optional.ofNullable(known.manifests().get(pinned.digest()))
                        .filter(manifest -> manifest.readAt().isAfter(reading.startedAt()))
                        .isPresent();
        };
    }

    private void compare() {
        var root = reading.digest();
        var push = root.map(this::pushOf).orElseGet(() -> Push.found(reading.startedAt()));
        for (var facts : reading.manifests()) {
            if (root.filter(facts.digest()::equals).isEmpty()
                    && !known.manifests().containsKey(facts.digest())) {
                changes.add(new ManifestFound(facts, pushOfPart(facts.digest(), push), true));
            }
        }
        root.ifPresentOrElse(digest -> found(digest, push), this::gone);
    }

    private void found(Digest digest, Push push) {
        var isTagged = reading.reference() instanceof Reference.Tagged;
        var manifest = Optional.ofNullable(known.manifests().get(digest));
        manifest.ifPresentOrElse(
                before -> pushedAgain(digest, push, before, !isTagged),
                () -> reading.manifests().stream()
                        .filter(facts -> facts.digest().equals(digest))
                        .forEach(facts -> changes.add(new ManifestFound(facts, push, !isTagged))));
        if (reading.reference() instanceof Reference.Tagged tagged) {
            tagged(tagged.tag(), digest, push);
        }
    }

    private void pushedAgain(Digest digest, Push push, Known.Manifest before, boolean announced) {
        if (push.isAfter(before.push()) || push.explains(before.push())) {
            changes.add(new ManifestPushed(digest, push, announced && push.isAfter(before.push())));
        }
    }

    private void tagged(String tag, Digest digest, Push push) {
        var before = known.tag();
        if (before.filter(entry -> entry.digest().equals(digest)).isEmpty()) {
            changes.add(new TagPoints(tag, digest, push, true));
        } else if (push.isAfter(before.get().push())) {
            changes.add(new TagPoints(tag, digest, push, true));
        } else if (push.explains(before.get().push())) {
            changes.add(new TagPoints(tag, digest, push, false));
        }
    }

    private void gone() {
        known.tag().ifPresent(tag -> changes.add(new TagGone(tag.name(), tag.digest())));
        if (reading.reference() instanceof Reference.Pinned pinned
                && known.manifests().containsKey(pinned.digest())) {
            known.tagsOfDigest().forEach(tag -> changes.add(new TagGone(tag.name(), tag.digest())));
            changes.add(new ManifestGone(pinned.digest()));
        }
    }

    /** A hint of other content under this tag says nothing of when this content came. */
    private Push pushOf(Digest digest) {
        return latest(hint -> hint.isPushOf(digest)).orElseGet(() -> Push.found(reading.startedAt()));
    }

    /** A child came with its index, or before; content that was overtaken under its tag when the registry said so. */
    private Push pushOfPart(Digest digest, Push whole) {
        return latest(hint -> hint.isPushOf(digest)).orElseGet(() -> new Push(whole.at(), whole.by(), false));
    }

    private Optional<Push> latest(Predicate<Hint> wanted) {
        return hints.stream()
                .filter(hint -> hint.action() == Action.PUSH)
                .filter(wanted)
                .max(Comparator.comparing(Hint::at))
                .map(hint -> new Push(hint.at(), hint.by(), true));
    }
}
