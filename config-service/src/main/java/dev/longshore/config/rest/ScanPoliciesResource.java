package dev.longshore.config.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.config.domain.Kind;
import dev.longshore.config.domain.ScanPolicySpec;
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

/** What findings mean for images: block, warn or allow by severity. */
@Path("/api/v1/scan-policies")
@Tag(name = "Scan policies", description = "What findings mean for images: block, warn or allow by severity.")
@Produces(MediaType.APPLICATION_JSON)
class ScanPoliciesResource {

    private static final String EXAMPLE = """
            { "scope": { "registries": ["*"], "repositories": ["shop/**"], "tags": ["**"] },
              "actions": { "critical": "block", "high": "warn", "medium": "allow", "low": "allow", "unknown": "allow" },
              "onlyFixable": false, "gracePeriod": "7d", "scanners": ["trivy"], "onPush": true, "onPull": false, "rescanEvery": "24h",
              "onUnknown": { "unscanned": "warn", "failed": "warn", "stale": "warn", "notApplicable": "allow" } }""";

    private final Documents documents;

    ScanPoliciesResource(Documents documents) {
        this.documents = documents;
    }

    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putScanPolicies",
            summary = "Creates or replaces a scan policy",
            description = "The same again changes nothing, and publishes nothing.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(ref = "ScanPolicy"),
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
        Kind.SCAN_POLICY.checkName(name);
        return documents.put(
                Desired.of(Kind.SCAN_POLICY, name, ScanPolicySpec.parse(name, Documents.parse(body))),
                ifMatch,
                ifNoneMatch);
    }

    @GET
    @Path("{name}")
    @Operation(operationId = "getScanPolicies", summary = "Shows a scan policy")
    @APIResponse(
            responseCode = "200",
            description = "With ETag",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(responseCode = "404", description = "There is none of this name")
    public Uni<Response> get(
            @PathParam("name") String name, @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        return documents.get(Kind.SCAN_POLICY, name, ifNoneMatch);
    }

    @GET
    @Operation(operationId = "listScanPolicies", summary = "Lists them by name")
    public Uni<CursorPage<ObjectNode>> list(
            @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable Integer limit) {
        return documents.list(Kind.SCAN_POLICY, cursor, limit);
    }

    @DELETE
    @Path("{name}")
    @Operation(operationId = "deleteScanPolicies", summary = "Removes a scan policy")
    @APIResponse(responseCode = "204", description = "Removed")
    @APIResponse(responseCode = "404", description = "There is none of this name")
    public Uni<Response> delete(@PathParam("name") String name, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return documents.delete(Kind.SCAN_POLICY, name, ifMatch);
    }
}
