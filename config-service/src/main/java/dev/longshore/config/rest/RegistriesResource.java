package dev.longshore.config.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.config.domain.Kind;
import dev.longshore.config.domain.RegistryParser;
import dev.longshore.config.postgres.Desired;
import dev.longshore.config.postgres.Resources;
import dev.longshore.config.registry.AddressCheck;
import dev.longshore.config.registry.Diagnoses;
import dev.longshore.config.registry.Diagnosis;
import dev.longshore.config.registry.SecretSealing;
import dev.longshore.kit.http.CursorPage;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
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

/** Container registries that Longshore governs. */
@Path("/api/v1/registries")
@Tag(name = "Registries", description = "Container registries that Longshore governs.")
@Produces(MediaType.APPLICATION_JSON)
class RegistriesResource {

    private static final String EXAMPLE = """
            { "vendor": "distribution", "url": "https://registry.corp:5000", "hosts": ["registry.corp:5000"],
              "credentials": { "type": "basic", "username": "ci", "password": "a-secret" },
              "webhook": { "secret": "another-secret" }, "reconcileEvery": "15m", "limits": { "concurrency": 6 } }""";

    private final Documents documents;
    private final Resources resources;
    private final AddressCheck addresses;
    private final SecretSealing sealing;
    private final Diagnoses diagnoses;

    RegistriesResource(
            Documents documents,
            Resources resources,
            AddressCheck addresses,
            SecretSealing sealing,
            Diagnoses diagnoses) {
        this.documents = documents;
        this.resources = resources;
        this.addresses = addresses;
        this.sealing = sealing;
        this.diagnoses = diagnoses;
    }

    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putRegistries",
            summary = "Creates or replaces a registry",
            description =
                    "The same again changes nothing, and publishes nothing. A secret that is left out stays as it is, and null"
                            + " removes it; a registry of another scheme, host or port needs its secrets again.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(ref = "Registry"),
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
            @PathParam("name") @Parameter(description = "Lower case letters, digits and hyphens") String name,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            String body) {
        Kind.REGISTRY.checkName(name);
        var draft = RegistryParser.parse(name, Documents.parse(body));
        var desired =
                new Desired(Kind.REGISTRY, name, draft.spec(), Map.of(), before -> sealing.seal(name, draft, before));
        return addresses.check(draft.spec()).chain(() -> documents.put(desired, ifMatch, ifNoneMatch));
    }

    @GET
    @Path("{name}")
    @Operation(operationId = "getRegistries", summary = "Shows a registry")
    @APIResponse(
            responseCode = "200",
            description = "With ETag",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(responseCode = "404", description = "There is none of this name")
    public Uni<Response> get(
            @PathParam("name") String name, @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        return documents.get(Kind.REGISTRY, name, ifNoneMatch);
    }

    @GET
    @Operation(operationId = "listRegistries", summary = "Lists them by name")
    public Uni<CursorPage<ObjectNode>> list(
            @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable Integer limit) {
        return documents.list(Kind.REGISTRY, cursor, limit);
    }

    @DELETE
    @Path("{name}")
    @Operation(operationId = "deleteRegistries", summary = "Removes a registry")
    @APIResponse(responseCode = "204", description = "Removed")
    @APIResponse(responseCode = "404", description = "There is none of this name")
    public Uni<Response> delete(@PathParam("name") String name, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return documents.delete(Kind.REGISTRY, name, ifMatch);
    }

    @POST
    @Path("{name}/diagnoses")
    @Operation(
            operationId = "diagnoseRegistry",
            summary = "Tries each step of reaching the registry",
            description = "Always 200: what failed is in the steps, each with a stable code, and what to do about it.")
    @APIResponse(
            responseCode = "200",
            description = "What was found",
            content = @Content(schema = @Schema(implementation = Diagnosis.class)))
    @APIResponse(responseCode = "404", description = "There is none of this name")
    public Uni<Diagnosis> diagnose(@PathParam("name") String name) {
        return resources
                .get(Kind.REGISTRY, name, documents.actor().access())
                .invoke(documents::requirePermitted)
                .chain(diagnoses::diagnose);
    }
}
