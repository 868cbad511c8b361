package dev.longshore.scan.postgres;

import dev.longshore.oci.Digest;
import dev.longshore.scan.domain.Image;
import dev.longshore.scan.domain.ManifestKind;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** A manifest of the inventory; written by SQL, which knows which of two records is the newer. */
@Entity
@Immutable
@Table(name = "manifest")
class ManifestRow {

    @Id
    String image;

    String project;
    String registry;
    String repository;
    String digest;
    String kind;
    String what;
    String platform;

    @Column(name = "pushed_at")
    Instant pushedAt;

    long generation;

    @SuppressWarnings("NullAway.Init")
    protected ManifestRow() {}

    KnownImage known() {
        return new KnownImage(
                project,
                new Image(registry, repository, Digest.parse(digest)),
                ManifestKind.of(kind),
                what,
                platform,
                pushedAt);
    }
}
