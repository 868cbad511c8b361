package dev.longshore.retention.postgres;

import dev.longshore.events.InventoryEvent.ManifestRecorded;
import dev.longshore.events.InventoryEvent.TagRecorded;
import dev.longshore.events.Topic;
import dev.longshore.kit.event.StoredJson;
import dev.longshore.oci.Digest;
import dev.longshore.oci.ImageReference;
import dev.longshore.oci.Reference;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;

/** Tags and manifests as the inventory tells of them. */
@ApplicationScoped
public class Inventory {

    private static final String REMOVE_TAG = """
            delete from inventory_tag
            where registry = :registry and repository = :repository and tag = :value""";
    private static final String REMOVE_MANIFEST = """
            delete from inventory_manifest
            where registry = :registry and repository = :repository and digest = :value""";

    private static final String TAGS = """
            select tag, digest, recorded, cast(extract(epoch from pushed_at) * 1000 as bigint) as pushed_at
            from inventory_tag where registry = :registry and repository = :repository order by tag collate "C\"""";

    private static final String MANIFESTS = """
            select digest, recorded, cast(extract(epoch from untagged_at) * 1000 as bigint) as untagged_at
            from inventory_manifest where registry = :registry and repository = :repository order by digest""";

    public Uni<Void> put(Mutiny.Session session, TagRecorded tag) {
        return session.createNativeQuery("""
                        insert into inventory_tag (registry, repository, tag, project, digest, pushed_at, recorded, generation)
                        values (:registry, :repository, :tag, :project, :digest, :pushedAt, :recorded, :generation)
                        on conflict (registry, repository, tag) do update set project = excluded.project,
                            digest = excluded.digest, pushed_at = excluded.pushed_at, recorded = excluded.recorded,
                            generation = excluded.generation""")
                .setParameter("registry", tag.registry())
                .setParameter("repository", tag.repository())
                .setParameter("tag", tag.tag())
                .setParameter("project", tag.project())
                .setParameter("digest", tag.digest().toString())
                .setParameter("pushedAt", tag.pushedAt())
                .setParameter("recorded", StoredJson.write(tag))
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
                .setParameter("recorded", StoredJson.write(manifest))
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

    /** All of a repository. */
    public Uni<StoredRepository> of(Mutiny.Session session, String registry, String repository) {
        return rows(session, TAGS, registry, repository)
                .chain(tags -> rows(session, MANIFESTS, registry, repository)
                        .map(manifests -> StoredRepository.read(registry, repository, manifests, tags)))
                .chain(stored -> holes(session, registry, repository).map(stored::without));
    }

    /** Keys of what was told of the repository and could not be taken in: it waits among the dead letters. */
    private static Uni<List<String>> holes(Mutiny.Session session, String registry, String repository) {
        var image = registry + "/" + repository;
        return session.createNativeQuery("""
                        select message_key from projection_hole
                        where topic = :topic and (starts_with(message_key, :manifests) or starts_with(message_key, :tags))
                        order by message_key""", String.class)
                .setParameter("topic", Topic.INVENTORY.topicName())
                .setParameter("manifests", "manifest/" + image + "@")
                .setParameter("tags", "tag/" + image + ":")
                .getResultList();
    }

    private static Uni<List<Tuple>> rows(Mutiny.Session session, String sql, String registry, String repository) {
        return session.createNativeQuery(sql, Tuple.class)
                .setParameter("registry", registry)
                .setParameter("repository", repository)
                .getResultList();
    }

    /** The names of all tags of a repository. */
    public Uni<Set<String>> tags(Mutiny.Session session, String registry, String repository) {
        return session.createNativeQuery(
                        "select tag from inventory_tag where registry = :registry and repository = :repository",
                        String.class)
                .setParameter("registry", registry)
                .setParameter("repository", repository)
                .getResultList()
                .map(Set::copyOf);
    }

    /** The repositories after this one. */
    public Uni<List<String>> repositories(Mutiny.Session session, String registry, String after, int limit) {
        return session.createNativeQuery("""
                        select distinct repository collate "C" as repository from inventory_manifest
                        where registry = :registry and repository collate "C" > :after
                        order by 1 limit :limit""", String.class)
                .setParameter("registry", registry)
                .setParameter("after", after)
                .setParameter("limit", limit)
                .getResultList();
    }
}
