package dev.longshore.config.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.config.domain.Kind;
import dev.longshore.config.postgres.Desired;
import dev.longshore.kit.http.CursorPage;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * The resources of one kind: created and replaced under a name of the caller's choice, shown, listed, removed.
 *
 * <p>What differs by kind in the API document (operation ids, summaries, bodies, names) is in
 * {@code META-INF/openapi.yaml}, under the kind's paths.
 */
@Produces(MediaType.APPLICATION_JSON)
abstract class KindResource {

    private final Kind kind;
    private final Documents documents;

    KindResource(Kind kind, Documents documents) {
        this.kind = kind;
        this.documents = documents;
    }

    /**
     * What is to be, from what was given.
     *
     * @throws dev.longshore.config.domain.input.InvalidSpecException with all that is wrong about it
     */
    abstract Uni<Desired> desired(String name, JsonNode given);

    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequestBody(required = true, content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(
            responseCode = "201",
            description = "Created; ETag is its version",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(
            responseCode = "200",
            description = "Replaced, or as it was",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(responseCode = "400", description = "Not valid: errors[] names each field by a JSON pointer")
    @APIResponse(responseCode = "412", description = "Changed meanwhile: If-Match does not name its version")
    public Uni<Response> put(
            @PathParam("name") String name,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            String body) {
        kind.checkName(name);
        return desired(name, Documents.parse(body)).chain(desired -> documents.put(desired, ifMatch, ifNoneMatch));
    }

    @GET
    @Path("{name}")
    @APIResponse(
            responseCode = "200",
            description = "With ETag",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(responseCode = "404", description = "There is none of this name")
    public Uni<Response> get(
            @PathParam("name") String name, @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        return documents.get(kind, name, ifNoneMatch);
    }

    @GET
    public Uni<CursorPage<ObjectNode>> list(
            @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable Integer limit) {
        return documents.list(kind, cursor, limit);
    }

    @DELETE
    @Path("{name}")
    @APIResponse(responseCode = "204", description = "Removed")
    @APIResponse(responseCode = "404", description = "There is none of this name")
    public Uni<Response> delete(@PathParam("name") String name, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return documents.delete(kind, name, ifMatch);
    }
}
