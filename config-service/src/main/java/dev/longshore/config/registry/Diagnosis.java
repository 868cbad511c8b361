package dev.longshore.config.registry;

import dev.longshore.config.registry.Step.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far Longshore gets with a registry.
 *
 * @param version of the registry's configuration that was tried
 * @param code of the first step that failed; null if none did
 */
public record Diagnosis(
        String registry,
        long version,
        Outcome outcome,
        @Nullable String code,
        Instant startedAt,
        List<Step> steps) {

    static Diagnosis of(String registry, long version, Instant startedAt, List<Step> steps) {
        var failed =
                steps.stream().filter(step -> step.outcome() == Outcome.FAILED).findFirst();
        return new Diagnosis(
                registry,
                version,
                failed.isPresent() ? Outcome.FAILED : Outcome.OK,
                failed.map(Step::code).orElse(null),
                startedAt,
                List.copyOf(steps));
    }
}
