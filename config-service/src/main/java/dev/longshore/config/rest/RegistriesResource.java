package dev.longshore.config.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.config.domain.Kind;
import dev.longshore.config.domain.RegistryParser;
import dev.longshore.config.postgres.Desired;
import dev.longshore.config.postgres.Resources;
import dev.longshore.config.registry.AddressCheck;
import dev.longshore.config.registry.Diagnoses;
import dev.longshore.config.registry.Diagnosis;
import dev.longshore.config.registry.SecretSealing;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Container registries that Longshore governs. */
@Path("/api/v1/registries")
@Tag(name = "Registries", description = "Container registries that Longshore governs.")
class RegistriesResource extends KindResource {

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
        super(Kind.REGISTRY, documents);
        this.documents = documents;
        this.resources = resources;
        this.addresses = addresses;
        this.sealing = sealing;
        this.diagnoses = diagnoses;
    }

    @Override
    Uni<Desired> desired(String name, JsonNode given) {
        var draft = RegistryParser.parse(name, given);
        var desired =
                new Desired(Kind.REGISTRY, name, draft.spec(), Map.of(), before -> sealing.seal(name, draft, before));
        return addresses.check(draft.spec()).replaceWith(desired);
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
