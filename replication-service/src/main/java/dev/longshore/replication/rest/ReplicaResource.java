package dev.longshore.replication.rest;

import dev.longshore.kit.http.Caller;
import dev.longshore.kit.http.Cursor;
import dev.longshore.kit.http.CursorPage;
import dev.longshore.replication.postgres.Replicas;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/replicas}: where an image was copied to, or from. */
@Path("/api/v1/replicas")
@Tag(name = "Replication")
@Produces(MediaType.APPLICATION_JSON)
class ReplicaResource {

    private final Mutiny.SessionFactory sessions;
    private final Replicas replicas;
    private final Caller caller;

    ReplicaResource(Mutiny.SessionFactory sessions, Replicas replicas, Caller caller) {
        this.sessions = sessions;
        this.replicas = replicas;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "The verified copies of an image, by its tag or digest, at either end")
    public Uni<CursorPage<ReplicaView>> list(
            @QueryParam("reference") @Parameter(required = true) @Nullable String reference,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(500) int limit) {
        var image = References.parse(reference, "reference");
        var after = Cursor.decode(cursor);
        var access = caller.access();
        return sessions.withSession(session -> replicas.of(session, image, after, limit + 1, access))
                .map(found -> CursorPage.of(found, limit, Replicas::position).map(ReplicaView::from));
    }
}
