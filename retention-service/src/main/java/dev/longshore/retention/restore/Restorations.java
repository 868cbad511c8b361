package dev.longshore.retention.restore;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.events.ErrorCode;
import dev.longshore.kit.change.Freezes;
import dev.longshore.kit.http.Access;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.oci.ImageReference;
import dev.longshore.oci.client.http.RegistryException;
import dev.longshore.registries.RegistryClients;
import dev.longshore.retention.postgres.Registries;
import dev.longshore.tasks.NewTask;
import dev.longshore.tasks.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Has something put back that a plan deleted; says at once if that cannot be. */
@ApplicationScoped
public class Restorations {

    private final Mutiny.SessionFactory sessions;
    private final RestoreRows rows;
    private final MissingContent missing;
    private final RegistryClients clients;
    private final Freezes freezes;
    private final Tasks tasks;

    Restorations(
            Mutiny.SessionFactory sessions,
            RestoreRows rows,
            MissingContent missing,
            RegistryClients clients,
            Freezes freezes,
            Tasks tasks) {
        this.sessions = sessions;
        this.rows = rows;
        this.missing = missing;
        this.clients = clients;
        this.freezes = freezes;
        this.tasks = tasks;
    }

    /** Emits the execution in which it is put back. */
    public Uni<String> request(ImageReference reference, String requestedBy, Access access) {
        return rows.find(reference)
                .map(found -> found.filter(each -> access.sees(each.project()))
                        .orElseThrow(() -> new ProblemException(
                                ErrorCode.NOT_FOUND, "Nothing is recorded as deleted under %s".formatted(reference))))
                .invoke(found -> access.require(found.project()))
                .invoke(found -> requireEnforced(found.registry()))
                .call(found -> freezes.check(found.registry().name(), found.project()))
                .call(this::requireContent)
                .chain(found -> sessions.withTransaction((session, _) -> tasks.newExecution(
                                session, "ret", found.project(), "restoration", reference.toString(), requestedBy)
                        .call(execution -> tasks.enqueue(
                                session,
                                NewTask.of(RestoreTask.KIND, found.project(), new RestoreTask(reference, requestedBy))
                                        .withExecution(execution)
                                        .withLane("retire/%s/%s"
                                                .formatted(
                                                        found.wanted().registry(),
                                                        found.wanted().repository()))))));
    }

    private Uni<Void> requireContent(RestoreRows.Found found) {
        return clients.client(found.registry())
                .chain(client -> missing.first(client, found))
                .onFailure(RegistryException.class)
                .transform(failure ->
                        new ProblemException(ErrorCode.REGISTRY_UNREACHABLE, String.valueOf(failure.getMessage())))
                .invoke(gone -> gone.ifPresent(digest -> {
                    throw new ProblemException(
                            ErrorCode.CONTENT_GONE,
                            "%s cannot be restored: the registry no longer has %s".formatted(found.wanted(), digest));
                }))
                .replaceWithVoid();
    }

    private static void requireEnforced(RegistryConfigured registry) {
        if (Registries.isObserved(registry)) {
            throw new ProblemException(
                    ErrorCode.OBSERVE_MODE, "The registry '%s' is in observe mode".formatted(registry.name()));
        }
    }
}
