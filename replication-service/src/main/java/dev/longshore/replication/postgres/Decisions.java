package dev.longshore.replication.postgres;

import dev.longshore.events.DecisionEvent.ImageDecided;
import dev.longshore.oci.Digest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** What was decided about images. */
@ApplicationScoped
public class Decisions {

    public Uni<Void> put(Mutiny.Session session, ImageDecided decision) {
        return session.createNativeQuery("""
                        insert into decision (registry, repository, digest, action, revision)
                        values (:registry, :repository, :digest, :action, :revision)
                        on conflict (registry, repository, digest) do update set action = excluded.action,
                            revision = excluded.revision""")
                .setParameter("registry", decision.registry())
                .setParameter("repository", decision.repository())
                .setParameter("digest", decision.digest().toString())
                .setParameter("action", decision.action().name())
                .setParameter("revision", decision.revision())
                .executeUpdate()
                .replaceWithVoid();
    }

    public Uni<Void> remove(Mutiny.Session session, String registry, String repository, Digest digest) {
        return session.createNativeQuery("""
                        delete from decision
                        where registry = :registry and repository = :repository and digest = :digest""")
                .setParameter("registry", registry)
                .setParameter("repository", repository)
                .setParameter("digest", digest.toString())
                .executeUpdate()
                .replaceWithVoid();
    }
}
