package dev.longshore.config.domain.input;

import dev.longshore.events.ErrorCode;
import java.util.List;
import java.util.stream.Collectors;

/** What was given cannot be configured; says everything that is wrong with it, not only the first. */
public final class InvalidSpecException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    public InvalidSpecException(List<Violation> violations) {
        super(violations.stream().map(Violation::detail).distinct().collect(Collectors.joining("; ")));
        if (violations.isEmpty()) {
            throw new IllegalArgumentException("Nothing is wrong");
        }
        this.violations = List.copyOf(violations);
    }

    public InvalidSpecException(ErrorCode code, String pointer, String detail) {
        this(List.of(new Violation(code, pointer, detail)));
    }

    public List<Violation> violations() {
        return violations;
    }

    /** That of the first; but a field that is not known explains the one that is missing, so it comes before. */
    public ErrorCode code() {
        return violations.stream()
                .map(Violation::code)
                .filter(code -> code == ErrorCode.UNKNOWN_FIELD)
                .findFirst()
                .orElse(violations.getFirst().code());
    }
}
