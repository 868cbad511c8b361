package dev.longshore.config.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.config.domain.Kind;
import dev.longshore.config.domain.ScanPolicySpec;
import dev.longshore.config.postgres.Desired;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What findings mean for images: block, warn or allow by severity. */
@Path("/api/v1/scan-policies")
@Tag(name = "Scan policies", description = "What findings mean for images: block, warn or allow by severity.")
class ScanPoliciesResource extends KindResource {

    ScanPoliciesResource(Documents documents) {
        super(Kind.SCAN_POLICY, documents);
    }

    @Override
    Uni<Desired> desired(String name, JsonNode given) {
        return Uni.createFrom().item(Desired.of(Kind.SCAN_POLICY, name, ScanPolicySpec.parse(name, given)));
    }
}
