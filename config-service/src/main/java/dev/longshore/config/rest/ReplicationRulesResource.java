package dev.longshore.config.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.config.domain.Kind;
import dev.longshore.config.domain.ReplicationRuleSpec;
import dev.longshore.config.postgres.Desired;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Path;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is copied from one registry to another, when, and on which condition. */
@Path("/api/v1/replication-rules")
@Tag(
        name = "Replication rules",
        description = "What is copied from one registry to another, when, and on which condition.")
class ReplicationRulesResource extends KindResource {

    ReplicationRulesResource(Documents documents) {
        super(Kind.REPLICATION_RULE, documents);
    }

    @Override
    Uni<Desired> desired(String name, JsonNode given) {
        var spec = ReplicationRuleSpec.parse(name, given);
        var registries = Map.of(
                "/source/registry", spec.source().registry(),
                "/target/registry", spec.target().registry());
        return Uni.createFrom().item(Desired.of(Kind.REPLICATION_RULE, name, spec, registries));
    }
}
