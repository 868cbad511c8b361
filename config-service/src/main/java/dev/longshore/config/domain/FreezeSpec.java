package dev.longshore.config.domain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.config.domain.input.Check;
import dev.longshore.config.domain.input.Fields;
import dev.longshore.config.domain.input.Input;
import dev.longshore.events.ConfigEvent.FreezeConfigured;
import java.time.Instant;
import java.util.Optional;

/** That nothing destructive is done, and why. What is frozen is the name. */
public record FreezeSpec(String project, String reason) implements Spec {

    private static final int LONGEST_REASON = 2000;
    private static final String OF_A_REGISTRY = "registry:";
    private static final String OF_A_PROJECT = "project:";

    public static FreezeSpec parse(String scope, JsonNode body) {
        return Input.parse(scope, body, FreezeSpec::read);
    }

    /** The registry that this scope freezes, if it is one. */
    public static Optional<String> registry(String scope) {
        return scope.startsWith(OF_A_REGISTRY)
                ? Optional.of(scope.substring(OF_A_REGISTRY.length()))
                : Optional.empty();
    }

    /** The project that this scope freezes, if it is one. */
    public static Optional<String> project(String scope) {
        return scope.startsWith(OF_A_PROJECT) ? Optional.of(scope.substring(OF_A_PROJECT.length())) : Optional.empty();
    }

    public FreezeSpec of(String owner) {
        return new FreezeSpec(owner, reason);
    }

    public FreezeConfigured event(String scope, long version, String frozenBy, Instant frozenAt) {
        return new FreezeConfigured(project, scope, version, reason, frozenBy, frozenAt);
    }

    private static FreezeSpec read(Fields fields) {
        return new FreezeSpec(
                fields.text("project", ResourceNames.named()).orElse(ResourceNames.DEFAULT_PROJECT),
                fields.requiredText("reason", LONGEST_REASON, Check.none()));
    }
}
