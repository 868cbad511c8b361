package dev.longshore.config.rest;

import dev.longshore.config.postgres.Resources;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Says everything again, for services whose copy was lost. */
@Path("/api/v1/config/republications")
@Tag(name = "Configuration")
@Produces(MediaType.APPLICATION_JSON)
class RepublicationsResource {

    private final Documents documents;
    private final Resources resources;

    /** @param published how many records, removals among them */
    record Republication(long published) {}

    RepublicationsResource(Documents documents, Resources resources) {
        this.documents = documents;
        this.resources = resources;
    }

    @POST
    @Operation(
            operationId = "republishConfiguration",
            summary = "Publishes all configuration again",
            description = "For services whose copy of longshore.config was lost, or a topic that was. Changes nothing.")
    public Uni<Republication> republish() {
        return resources.republish(documents.actor()).map(Republication::new);
    }
}
