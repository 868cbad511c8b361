package dev.longshore.config.postgres;

import dev.longshore.config.domain.Content;
import dev.longshore.config.domain.Kind;
import dev.longshore.config.domain.Spec;
import dev.longshore.config.domain.Stored;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What somebody wants to be.
 *
 * @param registries that must exist for it, by the pointer to where they are named
 * @param content from what is now; for registries that is where secrets are sealed
 */
public record Desired(
        Kind kind,
        String name,
        Spec spec,
        Map<String, String> registries,
        Function<Optional<Stored>, Content> content) {

    public static Desired of(Kind kind, String name, Spec spec, Map<String, String> registries) {
        return new Desired(kind, name, spec, registries, _ -> Content.of(spec));
    }

    public static Desired of(Kind kind, String name, Spec spec) {
        return of(kind, name, spec, Map.of());
    }
}
