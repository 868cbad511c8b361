package dev.longshore.retention.postgres;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** The registries as configured, credentials sealed. */
@ApplicationScoped
public class Registries {

    public Uni<Void> put(Mutiny.Session session, RegistryConfigured registry) {
        return session.createNativeQuery("""
                        insert into registry (name, project, version, configured)
                        values (:name, :project, :version, :configured)
                        on conflict (name) do update set project = excluded.project, version = excluded.version,
                            configured = excluded.configured""")
                .setParameter("name", registry.name())
                .setParameter("project", registry.project())
                .setParameter("version", registry.version())
                .setParameter("configured", Json.write(registry))
                .executeUpdate()
                .replaceWithVoid();
    }

    public Uni<Void> remove(Mutiny.Session session, String name) {
        return session.createNativeQuery("delete from registry where name = :name")
                .setParameter("name", name)
                .executeUpdate()
                .replaceWithVoid();
    }
}
