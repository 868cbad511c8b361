package dev.longshore.retention.rest;

import dev.longshore.kit.http.Caller;
import dev.longshore.retention.restore.Restorations;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/restorations}: undoes a deletion, while the registry still has the content. */
@Path("/api/v1/restorations")
@Tag(name = "Retention")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class RestorationResource {

    private final Restorations restorations;
    private final Caller caller;

    RestorationResource(Restorations restorations, Caller caller) {
        this.restorations = restorations;
        this.caller = caller;
    }

    public record Restoration(@Nullable String reference) {}

    @POST
    @Operation(summary = "Push back what a plan deleted under this tag or digest, with its children and referrers")
    public Uni<Response> restore(@NotNull Restoration wanted) {
        return restorations
                .request(References.parse(wanted.reference()), caller.name(), caller.access())
                .map(execution -> new ExecutionStarted(execution).toResponse());
    }
}
