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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/restorations}: undoes a deletion, while the registry still has the content. */
@Path("/api/v1/restorations")
@Tag(name = "Retention")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class RestorationResource {

    /** References, for the API's description; what decides is References. */
    private static final String PATTERN =
            "^[a-z0-9][a-z0-9-]{0,62}/[a-z0-9]+([._-][a-z0-9]+)*(/[a-z0-9]+([._-][a-z0-9]+)*)*"
                    + "(:[A-Za-z0-9_][A-Za-z0-9._-]{0,127}|@sha256:[a-f0-9]{64})$";

    private final Restorations restorations;
    private final Caller caller;

    RestorationResource(Restorations restorations, Caller caller) {
        this.restorations = restorations;
        this.caller = caller;
    }

    @Schema(examples = "{\"reference\": \"left/shop/api:1.4\"}")
    public record Restoration(
            @Schema(required = true, pattern = PATTERN, maxLength = 255) @Nullable
            String reference) {}

    @POST
    @Operation(summary = "Push back what a plan deleted under this tag or digest, with its children and referrers")
    @APIResponse(
            responseCode = "202",
            description = "Begun; Location says where to look",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ExecutionStarted.class)))
    @APIResponse(responseCode = "409", description = "A freeze stops it, or its state does")
    public Uni<Response> restore(@NotNull Restoration wanted) {
        return restorations
                .request(References.parse(wanted.reference()), caller.name(), caller.access())
                .map(execution -> new ExecutionStarted(execution).toResponse());
    }
}
