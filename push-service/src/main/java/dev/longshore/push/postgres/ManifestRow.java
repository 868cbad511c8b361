package dev.longshore.push.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.longshore.events.InventoryEvent;
import dev.longshore.events.InventoryEvent.ManifestRecorded;
import dev.longshore.kit.event.StoredJson;
import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.Platform;
import dev.longshore.push.domain.Known;
import dev.longshore.push.domain.ManifestFacts;
import dev.longshore.push.domain.Push;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A manifest that a registry holds. */
@Entity
@Table(name = "manifest")
class ManifestRow {

    private static final TypeReference<List<Descriptor>> DESCRIPTORS = new TypeReference<>() {};
    private static final TypeReference<List<Platform>> PLATFORMS = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};

    @Id
    String id;

    String project;
    String registry;
    String repository;
    String digest;

    @Column(name = "media_type")
    String mediaType;

    @Column(name = "artifact_type")
    @Nullable
    String artifactType;

    long size;

    @Column(name = "content_size")
    long contentSize;

    String children;

    @Nullable
    String subject;

    @Nullable
    String config;

    String layers;
    String platforms;
    String labels;

    @Column(name = "pushed_at")
    Instant pushedAt;

    @Column(name = "pushed_by")
    @Nullable
    String pushedBy;

    @Column(name = "push_heard")
    boolean pushHeard;

    @Column(name = "created_at")
    @Nullable
    Instant createdAt;

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
    protected ManifestRow() {}

    @SuppressWarnings("NullAway.Init")
    ManifestRow(Place place, ManifestFacts facts, Push push, Instant readAt, long generation) {
        this.id = place.at(facts.digest());
        this.project = place.project();
        this.registry = place.registry();
        this.repository = place.repository();
        this.digest = facts.digest().toString();
        this.mediaType = facts.mediaType();
        this.artifactType = facts.artifactType();
        this.size = facts.size();
        this.contentSize = facts.contentSize();
        this.children = StoredJson.write(facts.children());
        this.subject = facts.subject() == null ? null : facts.subject().toString();
        this.config = facts.config() == null ? null : StoredJson.write(facts.config());
        this.layers = StoredJson.write(facts.layers());
        this.platforms = StoredJson.write(facts.platforms());
        this.labels = StoredJson.write(facts.labels());
        this.createdAt = facts.createdAt();
        this.readAt = readAt;
        pushed(push, generation);
    }

    void pushed(Push push, long newGeneration) {
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

    Known.Manifest known() {
        return new Known.Manifest(Digest.parse(digest), new Push(pushedAt, pushedBy, pushHeard), readAt);
    }

    ManifestFacts facts() {
        return new ManifestFacts(
                Digest.parse(digest),
                mediaType,
                artifactType,
                size,
                contentSize,
                StoredJson.read(children, DESCRIPTORS),
                subject == null ? null : Digest.parse(subject),
                config == null ? null : StoredJson.read(config, new TypeReference<Descriptor>() {}),
                StoredJson.read(layers, DESCRIPTORS),
                StoredJson.read(platforms, PLATFORMS),
                StoredJson.read(labels, LABELS),
                createdAt);
    }

    InventoryEvent event() {
        var facts = facts();
        return new ManifestRecorded(
                project,
                registry,
                repository,
                facts.digest(),
                facts.mediaType(),
                facts.artifactType(),
                facts.size(),
                facts.children(),
                facts.subject(),
                facts.config(),
                facts.layers(),
                facts.platforms(),
                facts.labels(),
                pushedAt,
                pushHeard ? null : Instant.EPOCH,
                facts.createdAt(),
                pushedBy,
                lastPulledAt,
                generation);
    }
}
