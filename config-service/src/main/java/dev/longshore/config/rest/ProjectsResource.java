package dev.longshore.config.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.config.domain.Kind;
import dev.longshore.config.domain.ProjectSpec;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Parts of the installation with people of their own. */
@Path("/api/v1/projects")
@Tag(name = "Projects", description = "Parts of the installation with people of their own.")
@Produces(MediaType.APPLICATION_JSON)
class ProjectsResource {

    private static final String EXAMPLE = """
            { "description": "The shop and what it needs",
              "members": [ { "user": "mia", "role": "operator" }, { "group": "shop-developers", "role": "developer" },
                           { "serviceAccount": "shop-ci", "role": "developer" } ],
              "repositories": [ { "registry": "harbor", "repositories": [ "shop/**" ] } ] }""";

    private final Documents documents;

    ProjectsResource(Documents documents) {
        this.documents = documents;
    }

    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putProjects",
            summary = "Creates or replaces a project",
            description =
                    "The same again changes nothing, and publishes nothing. Repositories of registries are claimed by"
                            + " administrators of the whole installation.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(ref = "Project"),
                            examples = @ExampleObject(name = "example", value = EXAMPLE)))
    @APIResponse(
            responseCode = "201",
            description = "Created; ETag is its version",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(
            responseCode = "200",
            description = "Replaced, or as it was",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(responseCode = "400", description = "Not valid: errors[] names each field by a JSON pointer")
    @APIResponse(responseCode = "409", description = "Another project claims the same repositories")
    @APIResponse(responseCode = "412", description = "Changed meanwhile: If-Match does not name its version")
    public Uni<Response> put(
            @PathParam("name") @Parameter(description = "Lower case letters, digits and hyphens") String name,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            String body) {
        Kind.PROJECT.checkName(name);
        return documents.put(
                Desired.of(Kind.PROJECT, name, ProjectSpec.parse(name, Documents.parse(body))), ifMatch, ifNoneMatch);
    }

    @GET
    @Path("{name}")
    @Operation(operationId = "getProjects", summary = "Shows a project")
    @APIResponse(
            responseCode = "200",
            description = "With ETag",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(responseCode = "404", description = "There is none of this name")
    public Uni<Response> get(
            @PathParam("name") String name, @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        return documents.get(Kind.PROJECT, name, ifNoneMatch);
    }

    @GET
    @Operation(operationId = "listProjects", summary = "Lists them by name")
    public Uni<CursorPage<ObjectNode>> list(
            @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable Integer limit) {
        return documents.list(Kind.PROJECT, cursor, limit);
    }

    @DELETE
    @Path("{name}")
    @Operation(operationId = "deleteProjects", summary = "Removes a project")
    @APIResponse(responseCode = "204", description = "Removed")
    @APIResponse(responseCode = "409", description = "Something belongs to it still")
    @APIResponse(responseCode = "404", description = "There is none of this name")
    public Uni<Response> delete(@PathParam("name") String name, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return documents.delete(Kind.PROJECT, name, ifMatch);
    }
}
