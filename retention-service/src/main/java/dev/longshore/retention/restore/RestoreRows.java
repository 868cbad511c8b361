package dev.longshore.retention.restore;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.oci.ImageReference;
import dev.longshore.retention.postgres.Registries;
import dev.longshore.retention.postgres.RetiredManifest;
import dev.longshore.retention.postgres.RetiredManifests;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** What is recorded of something that was deleted. */
@ApplicationScoped
class RestoreRows {

    private final Mutiny.SessionFactory sessions;
    private final RetiredManifests retired;
    private final Registries registries;

    RestoreRows(Mutiny.SessionFactory sessions, RetiredManifests retired, Registries registries) {
        this.sessions = sessions;
        this.retired = retired;
        this.registries = registries;
    }

    /** @param project to which the repository belongs now */
    record Found(RetiredManifest wanted, RestorePlan plan, RegistryConfigured registry, String project) {}

    Uni<Optional<Found>> find(ImageReference reference) {
        return sessions.withSession(session -> retired.find(session, reference)
                .chain(found -> found.map(wanted -> found(session, wanted))
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty()))));
    }

    private Uni<Optional<Found>> found(Mutiny.Session session, RetiredManifest wanted) {
        return retired.deletedWith(session, wanted)
                .map(deleted -> RestorePlan.of(wanted, deleted))
                .chain(plan -> registries
                        .find(session, wanted.registry())
                        .chain(registry -> registry.map(known -> found(session, wanted, plan, known))
                                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))));
    }

    private Uni<Optional<Found>> found(
            Mutiny.Session session, RetiredManifest wanted, RestorePlan plan, RegistryConfigured registry) {
        return registries
                .owners(session, registry)
                .map(owners -> Optional.of(new Found(wanted, plan, registry, owners.projectOf(wanted.repository()))));
    }
}
