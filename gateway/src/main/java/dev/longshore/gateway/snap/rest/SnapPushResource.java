package dev.longshore.gateway.snap.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.longshore.gateway.snap.SnapCallers;
import dev.longshore.gateway.snap.SnapPushes;
import dev.longshore.gateway.snap.SnapRegistries;
import dev.longshore.gateway.snap.domain.SnapRequest;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /registry}: SNAP's look at a registry, and its push. */
@Path("/registry")
@Tag(name = "SNAP")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
class SnapPushResource {

    private final SnapCallers callers;
    private final SnapRegistries registries;
    private final SnapPushes pushes;

    SnapPushResource(SnapCallers callers, SnapRegistries registries, SnapPushes pushes) {
        this.callers = callers;
        this.registries = registries;
        this.pushes = pushes;
    }

    @POST
    @Path("/login")
    @Operation(
            operationId = "snapRegistryLogin",
            summary = "SNAP: tries whether a registry can be used {registry_config_name}")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "SnapRegistryName")))
    public Uni<Response> login(@Nullable String body) {
        return callers.identify()
                .chain(asker -> registries.signIn(asker, SnapRequest.parse(body)))
                .map(diagnosis -> SnapAnswers.success(diagnosis, "Logged in to the registry"))
                .onFailure()
                .recoverWithItem(SnapAnswers::of);
    }

    @POST
    @Path("/create_and_push_checkpoint_container")
    @Operation(
            operationId = "snapPushCheckpoint",
            summary = "SNAP: makes an image of a checkpoint's archive, pushes it and waits for the end",
            description = "{checkpoint_name, username, pod_name, checkpoint_config_name}; answers {message, image_tag}")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "SnapPush")))
    public Uni<Response> push(@Nullable String body) {
        return callers.identify()
                .chain(asker -> pushes.push(asker, SnapRequest.parse(body)))
                .map(SnapPushResource::pushed)
                .onFailure()
                .recoverWithItem(SnapAnswers::of);
    }

    private static Response pushed(String imageTag) {
        var answer = JsonNodeFactory.instance.objectNode();
        answer.put("message", "Checkpoint container created and pushed successfully");
        return Response.ok(answer.put("image_tag", imageTag)).build();
    }
}
