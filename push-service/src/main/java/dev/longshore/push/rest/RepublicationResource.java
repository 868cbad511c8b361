package dev.longshore.push.rest;

import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.events.AuditEvent.Result;
import dev.longshore.kit.http.Caller;
import dev.longshore.kit.outbox.Outbox;
import dev.longshore.kit.trace.TraceParent;
import dev.longshore.push.task.Republication;
import dev.longshore.tasks.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;

/** {@code /api/v1/inventory/republications}: the whole inventory on its topic again. */
@Path("/api/v1/inventory/republications")
@Tag(name = "Images")
class RepublicationResource {

    private static final String PROJECT = "default";

    private final Mutiny.SessionFactory sessions;
    private final Tasks tasks;
    private final Republication republication;
    private final Outbox outbox;
    private final Caller caller;
    private final Clock clock = Clock.systemUTC();

    RepublicationResource(
            Mutiny.SessionFactory sessions, Tasks tasks, Republication republication, Outbox outbox, Caller caller) {
        this.sessions = sessions;
        this.tasks = tasks;
        this.republication = republication;
        this.outbox = outbox;
        this.caller = caller;
    }

    /** @param id of the execution: see {@code /api/v1/executions/{id}} */
    record Begun(String id) {}

    @POST
    @Operation(summary = "Publishes every entry of the inventory again, for a service that lost its copy")
    @APIResponse(
            responseCode = "202",
            description = "Begun; Location says where to look",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Begun.class)))
    public Uni<Response> begin() {
        return sessions.withTransaction((session, _) -> tasks.newExecution(
                                session, "psh", PROJECT, Republication.KIND, null, caller.name())
                        .call(id -> republication.begin(session, PROJECT, id))
                        .call(id -> outbox.append(session, audit(id))))
                .map(id -> Response.accepted(new Begun(id))
                        .location(URI.create("/api/v1/executions/" + id))
                        .build());
    }

    private AuditRecorded audit(String execution) {
        return new AuditRecorded(
                PROJECT,
                caller.name(),
                caller.address().orElse(null),
                caller.token().orElse(null),
                "inventory.republished",
                "inventory",
                Result.SUCCEEDED,
                null,
                null,
                Map.of("execution", execution),
                TraceParent.traceId().orElse(null),
                clock.instant());
    }
}
