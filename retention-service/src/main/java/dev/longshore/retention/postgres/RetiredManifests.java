package dev.longshore.retention.postgres;

import dev.longshore.oci.ImageReference;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** What was deleted, kept for a while to be put back. Written before the delete is asked for. */
@ApplicationScoped
public class RetiredManifests {

    private static final String SELECT = """
            select deletion_id, plan_id, project, registry, repository, digest, array_to_string(tags, ' ') as tags, media_type,
                   content
            from retired_manifest
            """;

    /** Keeps what was recorded first: a later attempt may find less. */
    public Uni<Void> record(Mutiny.Session session, RetiredManifest manifest) {
        return session.createNativeQuery("""
                        insert into retired_manifest (deletion_id, plan_id, project, registry, repository, digest, tags, media_type,
                            content)
                        values (:deletion, :plan, :project, :registry, :repository, :digest, string_to_array(:tags, ' '),
                            :mediaType, :content)
                        on conflict (deletion_id) do nothing""")
                .setParameter("deletion", manifest.deletion())
                .setParameter("plan", manifest.plan())
                .setParameter("project", manifest.project())
                .setParameter("registry", manifest.registry())
                .setParameter("repository", manifest.repository())
                .setParameter("digest", manifest.digest().toString())
                .setParameter("tags", String.join(" ", manifest.tags()))
                .setParameter("mediaType", manifest.mediaType())
                .setParameter("content", manifest.content())
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Whether a delete of it was, or may have been, asked for. */
    public Uni<Boolean> isRecorded(Mutiny.Session session, long deletion) {
        return session.createNativeQuery(
                        "select count(*) from retired_manifest where deletion_id = :deletion", Long.class)
                .setParameter("deletion", deletion)
                .getSingleResult()
                .map(found -> found > 0);
    }

    /** It is gone, and the inventory as this service knows it says so from now on. */
    public Uni<Void> retired(Mutiny.Session session, long deletion) {
        return session.createNativeQuery("update retired_manifest set retired_at = now() where deletion_id = :deletion")
                .setParameter("deletion", deletion)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Gave up before it was gone: there is nothing to put back. */
    public Uni<Void> forget(Mutiny.Session session, long deletion) {
        return session.createNativeQuery(
                        "delete from retired_manifest where deletion_id = :deletion and retired_at is null")
                .setParameter("deletion", deletion)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** The last that was deleted of this tag or digest and not put back. */
    public Uni<Optional<RetiredManifest>> find(Mutiny.Session session, ImageReference image) {
        return session.createNativeQuery(SELECT + """
                        where registry = :registry and repository = :repository and retired_at is not null
                          and restored_at is null and (digest = :reference or :reference = any(tags))
                        order by retired_at desc limit 1""", Tuple.class)
                .setParameter("registry", image.registry())
                .setParameter("repository", image.repository())
                .setParameter("reference", image.reference().value())
                .getSingleResultOrNull()
                .map(row -> Optional.ofNullable(row).map(RetiredManifest::from));
    }

    /** All that the same plan deleted in the same repository and that was not put back: the last deleted first. */
    public Uni<List<RetiredManifest>> deletedWith(Mutiny.Session session, RetiredManifest manifest) {
        return session.createNativeQuery(SELECT + """
                        where plan_id = :plan and registry = :registry and repository = :repository
                          and retired_at is not null and restored_at is null
                        order by deletion_id desc""", Tuple.class)
                .setParameter("plan", manifest.plan())
                .setParameter("registry", manifest.registry())
                .setParameter("repository", manifest.repository())
                .getResultList()
                .map(rows -> rows.stream().map(RetiredManifest::from).toList());
    }

    public Uni<Void> restored(Mutiny.Session session, List<Long> deletions) {
        var ids = String.join(" ", deletions.stream().map(String::valueOf).toList());
        return session.createNativeQuery("""
                        update retired_manifest set restored_at = now()
                        where deletion_id = any(cast(string_to_array(:ids, ' ') as bigint[]))""")
                .setParameter("ids", ids)
                .executeUpdate()
                .replaceWithVoid();
    }
}
