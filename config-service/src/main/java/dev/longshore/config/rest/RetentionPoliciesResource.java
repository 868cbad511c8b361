package dev.longshore.config.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.config.domain.Kind;
import dev.longshore.config.domain.RetentionPolicySpec;
import dev.longshore.config.postgres.Desired;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Which images stay. What no rule keeps may go. */
@Path("/api/v1/retention-policies")
@Tag(name = "Retention policies", description = "Which images stay. What no rule keeps may go.")
class RetentionPoliciesResource extends KindResource {

    RetentionPoliciesResource(Documents documents) {
        super(Kind.RETENTION_POLICY, documents);
    }

    @Override
    Uni<Desired> desired(String name, JsonNode given) {
        return Uni.createFrom().item(Desired.of(Kind.RETENTION_POLICY, name, RetentionPolicySpec.parse(name, given)));
    }
}
