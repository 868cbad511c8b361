package dev.longshore.config.domain;

import dev.longshore.config.domain.input.Check;
import dev.longshore.config.domain.input.InvalidSpecException;
import dev.longshore.config.domain.input.Quoted;
import dev.longshore.events.ErrorCode;
import java.util.Optional;
import java.util.regex.Pattern;

/** The names that people give to what they configure. */
final class ResourceNames {

    static final String DEFAULT_PROJECT = "default";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern SCOPE = Pattern.compile("installation|(?:project|registry):[a-z0-9][a-z0-9-]{0,62}");

    private ResourceNames() {}

    /** @throws InvalidSpecException if the kind's resources cannot have this name */
    static void check(Kind kind, String name) {
        var problem = kind == Kind.FREEZE ? scopeProblem(name) : nameProblem(name);
        problem.ifPresent(detail -> {
            throw new InvalidSpecException(ErrorCode.INVALID_REQUEST, "", detail);
        });
    }

    static Check named() {
        return ResourceNames::nameProblem;
    }

    private static Optional<String> nameProblem(String name) {
        return NAME.matcher(name).matches()
                ? Optional.empty()
                : Optional.of(
                        "%s is not a name: 1 to 63 lower case letters, digits and hyphens, beginning with a letter or digit"
                                .formatted(Quoted.of(name)));
    }

    private static Optional<String> scopeProblem(String scope) {
        return SCOPE.matcher(scope).matches()
                ? Optional.empty()
                : Optional.of("%s is not what can be frozen: installation, project:<name> or registry:<name>"
                        .formatted(Quoted.of(scope)));
    }
}
