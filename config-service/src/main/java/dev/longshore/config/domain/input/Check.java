package dev.longshore.config.domain.input;

import java.util.Optional;
import java.util.regex.Pattern;

/** Says what is wrong with a text; empty if nothing is. */
@FunctionalInterface
public interface Check {

    Optional<String> problem(String value);

    /** Whatever {@code parser} does not throw at. */
    static Check parsedBy(java.util.function.Consumer<String> parser) {
        return value -> {
            try {
                parser.accept(value);
                return Optional.empty();
            } catch (IllegalArgumentException failure) {
                return Optional.of(String.valueOf(failure.getMessage()));
            }
        };
    }

    /** @param rule what a value is like, as the rest of "'x' is not …" */
    static Check matching(Pattern pattern, String rule) {
        return value -> pattern.matcher(value).matches()
                ? Optional.empty()
                : Optional.of("%s is not %s".formatted(Quoted.of(value), rule));
    }

    static Check none() {
        return _ -> Optional.empty();
    }
}
