package dev.longshore.replication.postgres;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.events.RepositoryOwners;
import dev.longshore.kit.event.StoredJson;
import dev.longshore.kit.project.Claims;
import dev.longshore.replication.domain.Known.TargetMode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** The registries as configured, credentials sealed. */
@ApplicationScoped
public class Registries {

    private static final String OBSERVE = "observe";

    /** Of a registry that is not known nothing is anyone's. */
    private static final String NOBODY = "";

    private final Claims claims;

    Registries(Claims claims) {
        this.claims = claims;
    }

    public Uni<Void> put(Mutiny.Session session, RegistryConfigured registry) {
        return session.createNativeQuery("""
                        insert into registry (name, project, version, mode, configured)
                        values (:name, :project, :version, :mode, :configured)
                        on conflict (name) do update set project = excluded.project, version = excluded.version,
                            mode = excluded.mode, configured = excluded.configured""")
                .setParameter("name", registry.name())
                .setParameter("project", registry.project())
                .setParameter("version", registry.version())
                .setParameter("mode", registry.mode())
                .setParameter("configured", StoredJson.write(registry))
                .executeUpdate()
                .replaceWithVoid();
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

    /** Whose its repositories are. */
    public Uni<RepositoryOwners> owners(Mutiny.Session session, String name) {
        return session.createNativeQuery("select project from registry where name = :name", String.class)
                .setParameter("name", name)
                .getSingleResultOrNull()
                .map(project -> Optional.ofNullable(project).orElse(NOBODY))
                .chain(project -> claims.owners(session, name, project));
    }

    public Uni<TargetMode> mode(Mutiny.Session session, String name) {
        return session.createNativeQuery("select mode from registry where name = :name", String.class)
                .setParameter("name", name)
                .getSingleResultOrNull()
                .map(mode -> Optional.ofNullable(mode).map(Registries::mode).orElse(TargetMode.UNKNOWN));
    }

    public static TargetMode mode(RegistryConfigured registry) {
        return mode(registry.mode());
    }

    private static TargetMode mode(String mode) {
        return mode.equals(OBSERVE) ? TargetMode.OBSERVE : TargetMode.ENFORCE;
    }
}
