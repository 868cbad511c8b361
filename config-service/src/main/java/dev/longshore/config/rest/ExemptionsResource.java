package dev.longshore.config.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.config.domain.ExemptionSpec;
import dev.longshore.config.domain.Kind;
import dev.longshore.config.postgres.Desired;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Vulnerabilities that somebody answers for: in which images, why, who, and until when. */
@Path("/api/v1/exemptions")
@Tag(
        name = "Exemptions",
        description = "Vulnerabilities that somebody answers for: in which images, why, who, and until when.")
class ExemptionsResource extends KindResource {

    ExemptionsResource(Documents documents) {
        super(Kind.EXEMPTION, documents);
    }

    @Override
    Uni<Desired> desired(String name, JsonNode given) {
        return Uni.createFrom().item(Desired.of(Kind.EXEMPTION, name, ExemptionSpec.parse(name, given)));
    }
}
