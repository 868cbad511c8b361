package dev.longshore.replication.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.change.Freezes;
import dev.longshore.kit.http.Access;
import dev.longshore.kit.http.Caller;
import dev.longshore.oci.ImageReference;
import dev.longshore.replication.plan.CopyTask;
import dev.longshore.replication.plan.RequestCopies;
import dev.longshore.replication.postgres.Registries;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/copies}: one image to one place, whatever the rules say. */
@Path("/api/v1/copies")
@Tag(name = "Replication")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class CopyResource {

    /** References, for the API's description; what decides is {@link ImageReference}. */
    private static final String PATTERN =
            "^[a-z0-9][a-z0-9-]{0,62}/[a-z0-9]+([._-][a-z0-9]+)*(/[a-z0-9]+([._-][a-z0-9]+)*)*"
                    + "(:[A-Za-z0-9_][A-Za-z0-9._-]{0,127}|@sha256:[a-f0-9]{64})$";

    private final Mutiny.SessionFactory sessions;
    private final Registries registries;
    private final RequestCopies requestCopies;
    private final Freezes freezes;
    private final Caller caller;

    CopyResource(
            Mutiny.SessionFactory sessions,
            Registries registries,
            RequestCopies requestCopies,
            Freezes freezes,
            Caller caller) {
        this.sessions = sessions;
        this.registries = registries;
        this.requestCopies = requestCopies;
        this.freezes = freezes;
        this.caller = caller;
    }

    @Schema(examples = "{\"source\": \"left/shop/api:1.4\", \"target\": \"right/mirror/shop/api:1.4\"}")
    public record Copy(
            @Schema(required = true, pattern = PATTERN, maxLength = 255) @Nullable
            String source,

            @Schema(required = true, pattern = PATTERN, maxLength = 255) @Nullable
            String target) {}

    @POST
    @Operation(summary = "Copy one image with its children and referrers to another registry")
    @APIResponse(
            responseCode = "202",
            description = "Begun; Location says where to look",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ExecutionStarted.class)))
    @APIResponse(responseCode = "409", description = "A freeze stops it, or its state does")
    public Uni<Response> copy(@NotNull Copy wanted) {
        var source = References.parse(wanted.source(), "source");
        var target = References.parse(wanted.target(), "target");
        check(source, target);
        // Read here: the transaction goes on after the request's context may have ended.
        var task = new CopyTask(null, source, target, caller.name(), false);
        var access = caller.access();
        return sessions.withTransaction((session, _) -> project(session, source, "source", access)
                        .chain(() -> project(session, target, "target", access))
                        .call(project -> freezes.check(target.registry(), project))
                        .chain(project -> requestCopies.ofImage(session, project, task)))
                .map(execution -> new ExecutionStarted(execution).toResponse());
    }

    /** Emits the project of the repository. */
    private Uni<String> project(Mutiny.Session session, ImageReference image, String field, Access access) {
        return registries
                .owners(session, image.registry())
                .map(owners -> Optional.of(owners.projectOf(image.repository()))
                        .filter(project -> !project.isEmpty() && access.sees(project))
                        .orElseThrow(() -> References.wrong(
                                ErrorCode.INVALID_REFERENCE,
                                field,
                                "There is no registry '%s'".formatted(image.registry()))))
                .invoke(access::require);
    }

    private static void check(ImageReference source, ImageReference target) {
        if (source.equals(target)) {
            throw References.wrong(ErrorCode.INVALID_REQUEST, "target", "Source and target are the same");
        }
        var pinned = target.digest();
        if (pinned.isPresent() && !pinned.equals(source.digest())) {
            throw References.wrong(
                    ErrorCode.INVALID_REQUEST, "target", "A target by digest needs a source by the same digest");
        }
    }
}
