package dev.longshore.push.postgres;

import dev.longshore.kit.outbox.Outbox;
import dev.longshore.oci.Digest;
import dev.longshore.oci.Reference;
import dev.longshore.push.domain.Change;
import dev.longshore.push.domain.CompareReading;
import dev.longshore.push.domain.Hint;
import dev.longshore.push.domain.Known;
import dev.longshore.push.domain.ManifestFacts;
import dev.longshore.push.domain.Pull;
import dev.longshore.push.domain.Reading;
import dev.longshore.registries.Notification.Action;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;

/** Writes what was read of a registry, and what it changes is told with it. */
@ApplicationScoped
public class Inventory {

    private final Outbox outbox;
    private final Pulls pulls;

    Inventory(Outbox outbox, Pulls pulls) {
        this.outbox = outbox;
        this.pulls = pulls;
    }

    /** Emits what was changed; nothing if all was known, or something later is. */
    public Uni<List<Change>> write(Mutiny.Session session, Place place, Reading reading, List<Hint> hints) {
        return find(session, place, reading)
                .chain(found -> write(session, place, reading, hints, found))
                .call(() -> pulled(session, place, hints));
    }

    private Uni<List<Change>> write(
            Mutiny.Session session, Place place, Reading reading, List<Hint> hints, Found found) {
        var changes = CompareReading.changes(reading, hints, found.known());
        var writing = new InventoryWriting(session, outbox, place, reading.startedAt(), found);
        return Multi.createFrom()
                .iterable(changes)
                .onItem()
                .transformToUniAndConcatenate(writing::write)
                .collect()
                .last()
                .invoke(() -> writing.confirm(reading))
                .replaceWith(changes);
    }

    /** Rows are locked in the order of their ids: a pull of the same image is written at the same time. */
    private static Uni<Found> find(Mutiny.Session session, Place place, Reading reading) {
        var digests = Stream.of(
                        reading.digest().stream(),
                        reading.manifests().stream().map(ManifestFacts::digest),
                        pinned(reading).stream())
                .flatMap(Function.identity())
                .collect(Collectors.toSet());
        return findTags(session, place, reading)
                .chain(tags -> session.createSelectionQuery(
                                "from ManifestRow m where m.id in :ids order by m.id", ManifestRow.class)
                        .setParameter("ids", digests.stream().map(place::at).toList())
                        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                        .getResultList()
                        .map(manifests -> new Found(place, reading.reference(), tags, manifests)));
    }

    private static Uni<List<TagRow>> findTags(Mutiny.Session session, Place place, Reading reading) {
        return switch (reading.reference()) {
            case Reference.Tagged tagged ->
                session.createSelectionQuery("from TagRow t where t.id = :id", TagRow.class)
                        .setParameter("id", place.tagged(tagged.tag()))
                        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                        .getResultList();
            case Reference.Pinned pinned ->
                session.createSelectionQuery("from TagRow t where t.manifestId = :id order by t.id", TagRow.class)
                        .setParameter("id", place.at(pinned.digest()))
                        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                        .getResultList();
        };
    }

    private static Optional<Digest> pinned(Reading reading) {
        return reading.reference() instanceof Reference.Pinned pinned ? Optional.of(pinned.digest()) : Optional.empty();
    }

    /** Pulls of what was not known when they were heard of. */
    private Uni<Void> pulled(Mutiny.Session session, Place place, List<Hint> hints) {
        return session.flush()
                .chain(() -> Multi.createFrom()
                        .iterable(hints)
                        .filter(hint -> hint.action() == Action.PULL)
                        .onItem()
                        .transformToUniAndConcatenate(hint -> pulls.record(session, place, pull(hint)))
                        .collect()
                        .last()
                        .replaceWithVoid());
    }

    private static Pull pull(Hint hint) {
        var digest = hint.digest();
        if (digest == null) {
            throw new IllegalArgumentException("A pull without a digest is no hint");
        }
        var tag = hint.reference() instanceof Reference.Tagged tagged ? tagged.tag() : null;
        return new Pull(hint.reference().repository(), tag, digest, hint.at(), hint.by());
    }

    /** The rows that a reading is about, locked. */
    record Found(Place place, Reference reference, List<TagRow> tags, List<ManifestRow> manifests) {

        Known known() {
            var isTagged = reference instanceof Reference.Tagged;
            Map<Digest, Known.Manifest> byDigest = manifests.stream()
                    .map(ManifestRow::known)
                    .collect(Collectors.toMap(Known.Manifest::digest, Function.identity()));
            var known = tags.stream().map(TagRow::known).toList();
            return new Known(
                    isTagged ? known.stream().findFirst() : Optional.empty(), byDigest, isTagged ? List.of() : known);
        }
    }
}
