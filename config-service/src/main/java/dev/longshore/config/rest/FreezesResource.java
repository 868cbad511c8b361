package dev.longshore.config.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.config.domain.FreezeSpec;
import dev.longshore.config.domain.Kind;
import dev.longshore.config.postgres.Desired;
import dev.longshore.config.postgres.Resources;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Path;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** While a freeze stands, nothing is changed at any registry within its scope, which is its name. */
@Path("/api/v1/freezes")
@Tag(name = "Freezes", description = "While a freeze stands, nothing is changed at any registry within its scope.")
class FreezesResource extends KindResource {

    private final Resources resources;

    FreezesResource(Documents documents, Resources resources) {
        super(Kind.FREEZE, documents);
        this.resources = resources;
    }

    @Override
    Uni<Desired> desired(String scope, JsonNode given) {
        var spec = FreezeSpec.parse(scope, given);
        var registries =
                FreezeSpec.registry(scope).map(registry -> Map.of("", registry)).orElse(Map.of());
        return owner(scope, spec).map(project -> Desired.of(Kind.FREEZE, scope, spec.of(project), registries));
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
}
