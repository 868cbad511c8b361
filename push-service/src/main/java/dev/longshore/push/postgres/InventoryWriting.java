package dev.longshore.push.postgres;

import dev.longshore.events.Event;
import dev.longshore.events.ImageEvent.ImageDeleted;
import dev.longshore.events.ImageEvent.ImagePushed;
import dev.longshore.events.ImageEvent.TagDeleted;
import dev.longshore.events.InventoryEvent;
import dev.longshore.events.Topic;
import dev.longshore.kit.outbox.Outbox;
import dev.longshore.kit.row.Removal;
import dev.longshore.oci.Digest;
import dev.longshore.push.domain.Change;
import dev.longshore.push.domain.Change.ManifestFound;
import dev.longshore.push.domain.Change.ManifestGone;
import dev.longshore.push.domain.Change.ManifestPushed;
import dev.longshore.push.domain.Change.TagGone;
import dev.longshore.push.domain.Change.TagPoints;
import dev.longshore.push.domain.Push;
import dev.longshore.push.domain.Reading;
import dev.longshore.push.postgres.Inventory.Found;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Writes the changes of one reading, one after the other, in one transaction. */
final class InventoryWriting {

    private final Mutiny.Session session;
    private final Outbox outbox;
    private final Place place;
    private final Instant readAt;
    private final Map<String, TagRow> tags;
    private final Map<String, ManifestRow> manifests;

    InventoryWriting(Mutiny.Session session, Outbox outbox, Place place, Instant readAt, Found found) {
        this.session = session;
        this.outbox = outbox;
        this.place = place;
        this.readAt = readAt;
        this.tags = new HashMap<>(found.tags().stream().collect(Collectors.toMap(row -> row.tag, Function.identity())));
        this.manifests = new HashMap<>(
                found.manifests().stream().collect(Collectors.toMap(row -> row.digest, Function.identity())));
    }

    Uni<Void> write(Change change) {
        return switch (change) {
            case ManifestFound found -> numbered(generation -> write(found, generation));
            case ManifestPushed pushed -> numbered(generation -> write(pushed, generation));
            case TagPoints points -> numbered(generation -> write(points, generation));
            case TagGone gone -> write(gone);
            case ManifestGone gone -> write(gone);
        };
    }

    /** What the reading found as it was known is known to be so since later. */
    void confirm(Reading reading) {
        tags.values().forEach(row -> row.read(readAt));
        reading.digest().map(digest -> manifests.get(digest.toString())).ifPresent(row -> row.read(readAt));
    }

    private Uni<Void> write(ManifestFound found, long generation) {
        var row = new ManifestRow(place, found.facts(), found.push(), readAt, generation);
        manifests.put(row.digest, row);
        return session.persist(row).chain(() -> tell(row.event(), found.announced(), pushed(row, null, found.push())));
    }

    private Uni<Void> write(ManifestPushed change, long generation) {
        var row = known(change.digest());
        row.pushed(change.push(), generation);
        return tell(row.event(), change.announced(), pushed(row, null, change.push()));
    }

    private Uni<Void> write(TagPoints change, long generation) {
        var manifest = known(change.digest());
        var before = tags.get(change.tag());
        var row = before == null ? new TagRow(place, change.tag(), readAt) : before;
        row.points(manifest, change.push(), generation);
        var told = tell(row.event(), change.announced(), pushed(manifest, change.tag(), change.push()));
        tags.put(change.tag(), row);
        return before == null ? session.persist(row).chain(() -> told) : told;
    }

    private Uni<Void> write(TagGone change) {
        var row = tags.remove(change.tag());
        if (row == null) {
            throw new IllegalStateException("The tag %s is not among those found".formatted(change.tag()));
        }
        var key = InventoryEvent.tagKey(place.registry(), place.repository(), change.tag());
        return Removal.of(session, row, row.id)
                .chain(() -> outbox.remove(session, Topic.INVENTORY, key, place.project()))
                .chain(() -> outbox.append(
                        session,
                        new TagDeleted(
                                place.project(),
                                place.registry(),
                                place.repository(),
                                change.tag(),
                                change.digest(),
                                readAt)));
    }

    private Uni<Void> write(ManifestGone change) {
        var row = known(change.digest());
        manifests.remove(row.digest);
        var key = InventoryEvent.manifestKey(place.registry(), place.repository(), change.digest());
        return Removal.of(session, row, row.id)
                .chain(() -> outbox.remove(session, Topic.INVENTORY, key, place.project()))
                .chain(() -> outbox.append(
                        session,
                        new ImageDeleted(
                                place.project(), place.registry(), place.repository(), change.digest(), readAt)));
    }

    private Uni<Void> tell(InventoryEvent state, boolean announced, ImagePushed push) {
        var events = new ArrayList<Event>(List.of(state));
        if (announced) {
            events.add(push);
        }
        return outbox.append(session, events.toArray(Event[]::new));
    }

    private static ImagePushed pushed(ManifestRow row, @Nullable String tag, Push push) {
        return new ImagePushed(
                row.project,
                row.registry,
                row.repository,
                Digest.parse(row.digest),
                row.mediaType,
                row.size,
                tag,
                push.at(),
                push.by());
    }

    private ManifestRow known(Digest digest) {
        var row = manifests.get(digest.toString());
        if (row == null) {
            throw new IllegalStateException("The manifest %s is not among those found".formatted(digest));
        }
        return row;
    }

    /** Generations grow over the whole inventory, so that an entry that comes back goes on where it ended. */
    private Uni<Void> numbered(LongFunction<Uni<Void>> write) {
        return session.createNativeQuery("select nextval('inventory_generation')", Long.class)
                .getSingleResult()
                .chain(write::apply);
    }
}
