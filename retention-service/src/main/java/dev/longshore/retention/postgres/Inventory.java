package dev.longshore.retention.postgres;

import dev.longshore.events.InventoryEvent.ManifestRecorded;
import dev.longshore.events.InventoryEvent.TagRecorded;
import dev.longshore.oci.Digest;
import dev.longshore.oci.ImageReference;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Tags and manifests as the inventory tells of them. */
@ApplicationScoped
public class Inventory {

    public Uni<Void> put(Mutiny.Session session, TagRecorded tag) {
        return session.createNativeQuery("""
                        insert into inventory_tag (registry, repository, tag, project, digest, pushed_at, generation)
                        values (:registry, :repository, :tag, :project, :digest, :pushedAt, :generation)
                        on conflict (registry, repository, tag) do update set project = excluded.project,
                            digest = excluded.digest, pushed_at = excluded.pushed_at, generation = excluded.generation""")
                .setParameter("registry", tag.registry())
                .setParameter("repository", tag.repository())
                .setParameter("tag", tag.tag())
                .setParameter("project", tag.project())
                .setParameter("digest", tag.digest().toString())
                .setParameter("pushedAt", tag.pushedAt())
                .setParameter("generation", tag.generation())
                .executeUpdate()
                .replaceWithVoid();
    }

    public Uni<Void> put(Mutiny.Session session, ManifestRecorded manifest) {
        return session.createNativeQuery("""
                        insert into inventory_manifest
                            (registry, repository, digest, project, subject, pushed_at, recorded, generation)
                        values (:registry, :repository, :digest, :project, nullif(:subject, ''), :pushedAt, :recorded,
                            :generation)
                        on conflict (registry, repository, digest) do update set project = excluded.project,
                            subject = excluded.subject, pushed_at = excluded.pushed_at, recorded = excluded.recorded,
                            generation = excluded.generation""")
                .setParameter("registry", manifest.registry())
                .setParameter("repository", manifest.repository())
                .setParameter("digest", manifest.digest().toString())
                .setParameter("project", manifest.project())
                .setParameter(
                        "subject",
                        Optional.ofNullable(manifest.subjectDigest())
                                .map(Digest::toString)
                                .orElse(""))
                .setParameter("pushedAt", manifest.pushedAt())
                .setParameter("recorded", Json.write(manifest))
                .setParameter("generation", manifest.generation())
                .executeUpdate()
                .replaceWithVoid();
    }

    public Uni<Void> removeTag(Mutiny.Session session, ImageReference tag) {
        return session.createNativeQuery("""
                        delete from inventory_tag
                        where registry = :registry and repository = :repository and tag = :tag""")
                .setParameter("registry", tag.registry())
                .setParameter("repository", tag.repository())
                .setParameter("tag", tag.reference().value())
                .executeUpdate()
                .replaceWithVoid();
    }

    public Uni<Void> removeManifest(Mutiny.Session session, ImageReference manifest) {
        return session.createNativeQuery("""
                        delete from inventory_manifest
                        where registry = :registry and repository = :repository and digest = :digest""")
                .setParameter("registry", manifest.registry())
                .setParameter("repository", manifest.repository())
                .setParameter("digest", manifest.reference().value())
                .executeUpdate()
                .replaceWithVoid();
    }
}
