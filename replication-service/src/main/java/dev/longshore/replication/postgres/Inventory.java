package dev.longshore.replication.postgres;

import dev.longshore.events.InventoryEvent.ManifestRecorded;
import dev.longshore.events.InventoryEvent.TagRecorded;
import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.ImageReference;
import dev.longshore.oci.Reference;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** Tags and manifests as the inventory tells of them: as much as planning needs. */
@ApplicationScoped
public class Inventory {

    private static final String REMOVE_TAG = """
            delete from inventory_tag
            where registry = :registry and repository = :repository and tag = :value""";
    private static final String REMOVE_MANIFEST = """
            delete from inventory_manifest
            where registry = :registry and repository = :repository and digest = :value""";

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
        var children = manifest.children().stream()
                .map(Descriptor::digest)
                .map(Digest::toString)
                .collect(Collectors.joining(" "));
        return session.createNativeQuery("""
                        insert into inventory_manifest (registry, repository, digest, subject, children, generation)
                        values (:registry, :repository, :digest, nullif(:subject, ''),
                                string_to_array(:children, ' '), :generation)
                        on conflict (registry, repository, digest) do update set subject = excluded.subject,
                            children = excluded.children, generation = excluded.generation""")
                .setParameter("registry", manifest.registry())
                .setParameter("repository", manifest.repository())
                .setParameter("digest", manifest.digest().toString())
                .setParameter(
                        "subject",
                        Optional.ofNullable(manifest.subjectDigest())
                                .map(Digest::toString)
                                .orElse(""))
                .setParameter("children", children)
                .setParameter("generation", manifest.generation())
                .executeUpdate()
                .replaceWithVoid();
    }

    /** A tag, or a manifest. */
    public Uni<Void> remove(Mutiny.Session session, ImageReference named) {
        var delete = switch (named.reference()) {
            case Reference.Tagged _ -> REMOVE_TAG;
            case Reference.Pinned _ -> REMOVE_MANIFEST;
        };
        return session.createNativeQuery(delete)
                .setParameter("registry", named.registry())
                .setParameter("repository", named.repository())
                .setParameter("value", named.reference().value())
                .executeUpdate()
                .replaceWithVoid();
    }

    /** The digests whose copies change when this manifest appears: itself, its subjects, the indexes that hold these. */
    public Uni<List<Digest>> concernedBy(Mutiny.Session session, String registry, String repository, Digest digest) {
        return session.createNativeQuery("select * from concerned_by(:registry, :repository, :digest)", String.class)
                .setParameter("registry", registry)
                .setParameter("repository", repository)
                .setParameter("digest", digest.toString())
                .getResultList()
                .map(found -> found.stream().map(Digest::parse).toList());
    }
}
