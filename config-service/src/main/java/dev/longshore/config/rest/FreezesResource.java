package dev.longshore.config.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.config.domain.FreezeSpec;
import dev.longshore.config.domain.Kind;
import dev.longshore.config.postgres.Desired;
import dev.longshore.config.postgres.Resources;
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
import java.util.Map;
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

/** While a freeze stands, nothing is changed at any registry within its scope. */
@Path("/api/v1/freezes")
@Tag(name = "Freezes", description = "While a freeze stands, nothing is changed at any registry within its scope.")
@Produces(MediaType.APPLICATION_JSON)
class FreezesResource {

    private static final String SCOPE = "^(installation|(project|registry):[a-z0-9][a-z0-9-]{0,62})$";
    private static final String EXAMPLE = """
            { "reason": "Release weekend" }""";

    private final Documents documents;
    private final Resources resources;

    FreezesResource(Documents documents, Resources resources) {
        this.documents = documents;
        this.resources = resources;
    }

    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putFreezes",
            summary = "Creates or replaces a freeze",
            description = "The same again changes nothing, and publishes nothing.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(ref = "Freeze"),
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
    @APIResponse(responseCode = "412", description = "Changed meanwhile: If-Match does not name its version")
    public Uni<Response> put(
            @PathParam("name")
                    @Parameter(
                            description = "The scope: installation, project:<name> or registry:<name>",
                            schema = @Schema(pattern = SCOPE))
                    String name,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            String body) {
        Kind.FREEZE.checkName(name);
        var spec = FreezeSpec.parse(name, Documents.parse(body));
        return owner(name, spec).chain(project -> documents.put(desired(name, spec.of(project)), ifMatch, ifNoneMatch));
    }

    @GET
    @Path("{name}")
    @Operation(operationId = "getFreezes", summary = "Shows a freeze")
    @APIResponse(
            responseCode = "200",
            description = "With ETag",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(responseCode = "404", description = "There is none of this name")
    public Uni<Response> get(
            @PathParam("name") @Parameter(schema = @Schema(pattern = SCOPE)) String name,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        return documents.get(Kind.FREEZE, name, ifNoneMatch);
    }

    @GET
    @Operation(operationId = "listFreezes", summary = "Lists them by name")
    public Uni<CursorPage<ObjectNode>> list(
            @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable Integer limit) {
        return documents.list(Kind.FREEZE, cursor, limit);
    }

    @DELETE
    @Path("{name}")
    @Operation(operationId = "deleteFreezes", summary = "Removes a freeze")
    @APIResponse(responseCode = "204", description = "Removed")
    @APIResponse(responseCode = "404", description = "There is none of this name")
    public Uni<Response> delete(
            @PathParam("name") @Parameter(schema = @Schema(pattern = SCOPE)) String name,
            @HeaderParam("If-Match") @Nullable String ifMatch) {
        return documents.delete(Kind.FREEZE, name, ifMatch);
    }

    /** A freeze belongs to what it freezes. */
    private Uni<String> owner(String scope, FreezeSpec spec) {
        var fallback = FreezeSpec.project(scope).orElse(spec.project());
        return FreezeSpec.registry(scope)
                .map(registry -> resources
                        .find(Kind.REGISTRY, registry)
                        .map(found ->
                                found.map(stored -> stored.content().project()).orElse(fallback)))
                .orElseGet(() -> Uni.createFrom().item(fallback));
    }

    private static Desired desired(String scope, FreezeSpec spec) {
        var registries =
                FreezeSpec.registry(scope).map(registry -> Map.of("", registry)).orElse(Map.of());
        return Desired.of(Kind.FREEZE, scope, spec, registries);
    }
}
