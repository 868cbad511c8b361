package dev.longshore.push.postgres;

import dev.longshore.events.InventoryEvent;
import dev.longshore.events.InventoryEvent.TagRecorded;
import dev.longshore.oci.Digest;
import dev.longshore.push.domain.Known;
import dev.longshore.push.domain.Push;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A tag, and what it pointed at when it was last read. */
@Entity
@Table(name = "tag")
class TagRow {

    @Id
    String id;

    String project;
    String registry;
    String repository;
    String tag;
    String digest;

    @Column(name = "manifest_id")
    String manifestId;

    @Column(name = "pushed_at")
    Instant pushedAt;

    @Column(name = "pushed_by")
    @Nullable
    String pushedBy;

    @Column(name = "push_heard")
    boolean pushHeard;

    @Column(name = "last_pulled_at")
    @Nullable
    Instant lastPulledAt;

    @Column(name = "pull_told_at")
    @Nullable
    Instant pullToldAt;

    @Column(name = "read_at")
    Instant readAt;

    long generation;

    @SuppressWarnings("NullAway.Init")
    protected TagRow() {}

    @SuppressWarnings("NullAway.Init")
    TagRow(Place place, String tag, Instant readAt) {
        this.id = place.tagged(tag);
        this.project = place.project();
        this.registry = place.registry();
        this.repository = place.repository();
        this.tag = tag;
        this.readAt = readAt;
    }

    void points(ManifestRow manifest, Push push, long newGeneration) {
        if (!manifest.digest.equals(digest)) {
            lastPulledAt = null;
            pullToldAt = null;
        }
        digest = manifest.digest;
        manifestId = manifest.id;
        pushedAt = push.at();
        pushedBy = push.by();
        pushHeard = push.heard();
        generation = newGeneration;
    }

    void belongs(String newProject, long newGeneration) {
        project = newProject;
        generation = newGeneration;
    }

    void read(Instant at) {
        readAt = at.isAfter(readAt) ? at : readAt;
    }

    Known.Tag known() {
        return new Known.Tag(tag, Digest.parse(digest), new Push(pushedAt, pushedBy, pushHeard), readAt);
    }

    InventoryEvent event() {
        return new TagRecorded(
                project,
                registry,
                repository,
                tag,
                Digest.parse(digest),
                pushedAt,
                pushHeard ? null : Instant.EPOCH,
                pushedBy,
                lastPulledAt,
                generation);
    }
}
