package dev.longshore.retention.postgres;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.events.RepositoryOwners;
import dev.longshore.kit.event.StoredJson;
import dev.longshore.kit.project.Claims;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** The registries as configured, credentials sealed. */
@ApplicationScoped
public class Registries {

    private static final String OBSERVE = "observe";

    private final Claims claims;

    Registries(Claims claims) {
        this.claims = claims;
    }

    public Uni<Void> put(Mutiny.Session session, RegistryConfigured registry) {
        return session.createNativeQuery("""
                        insert into registry (name, project, version, configured)
                        values (:name, :project, :version, :configured)
                        on conflict (name) do update set project = excluded.project, version = excluded.version,
                            configured = excluded.configured""")
                .setParameter("name", registry.name())
                .setParameter("project", registry.project())
                .setParameter("version", registry.version())
                .setParameter("configured", StoredJson.write(registry))
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Whose its repositories are. */
    public Uni<RepositoryOwners> owners(Mutiny.Session session, RegistryConfigured registry) {
        return claims.owners(session, registry.name(), registry.project());
    }

    public Uni<Void> remove(Mutiny.Session session, String name) {
        return session.createNativeQuery("delete from registry where name = :name")
                .setParameter("name", name)
                .executeUpdate()
                .replaceWithVoid();
    }

    public Uni<Optional<RegistryConfigured>> find(Mutiny.Session session, String name) {
        return session.createNativeQuery("select configured from registry where name = :name", String.class)
                .setParameter("name", name)
                .getSingleResultOrNull()
                .map(json -> Optional.ofNullable(json).map(found -> StoredJson.read(found, RegistryConfigured.class)));
    }

    /** In the order of their names. */
    public Uni<List<RegistryConfigured>> all(Mutiny.Session session) {
        return session.createNativeQuery("select configured from registry order by name", String.class)
                .getResultList()
                .map(found -> found.stream()
                        .map(json -> StoredJson.read(json, RegistryConfigured.class))
                        .toList());
    }

    public static boolean isObserved(RegistryConfigured registry) {
        return registry.mode().equals(OBSERVE);
    }
}
