package dev.longshore.retention.postgres;

import dev.longshore.events.ConfigEvent.RetentionPolicyConfigured;
import dev.longshore.kit.event.StoredJson;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** The retention policies as configured. */
@ApplicationScoped
public class Policies {

    public Uni<Void> put(Mutiny.Session session, RetentionPolicyConfigured policy) {
        return session.createNativeQuery("""
                        insert into retention_policy (name, project, version, configured)
                        values (:name, :project, :version, :configured)
                        on conflict (name) do update set project = excluded.project, version = excluded.version,
                            configured = excluded.configured""")
                .setParameter("name", policy.name())
                .setParameter("project", policy.project())
                .setParameter("version", policy.version())
                .setParameter("configured", StoredJson.write(policy))
                .executeUpdate()
                .replaceWithVoid();
    }

    public Uni<Void> remove(Mutiny.Session session, String name) {
        return session.createNativeQuery("delete from retention_policy where name = :name")
                .setParameter("name", name)
                .executeUpdate()
                .replaceWithVoid();
    }

    public Uni<Optional<RetentionPolicyConfigured>> find(Mutiny.Session session, String name) {
        return session.createNativeQuery("select configured from retention_policy where name = :name", String.class)
                .setParameter("name", name)
                .getSingleResultOrNull()
                .map(json -> Optional.ofNullable(json)
                        .map(found -> StoredJson.read(found, RetentionPolicyConfigured.class)));
    }
}
