package dev.longshore.kit.problem;

import dev.longshore.events.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem. The detail is shown to the caller: no secrets, no internals. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient List<FieldError> errors;
    private final @Nullable Duration retryAfter;

    public ProblemException(ErrorCode code, String detail) {
        this(code, detail, List.of());
    }

    public ProblemException(ErrorCode code, String detail, List<FieldError> errors) {
        super(detail);
        this.code = code;
        this.errors = List.copyOf(errors);
        this.retryAfter = null;
    }

    /** For who has to wait. Floods are answered with it: it takes no stack trace. */
    public ProblemException(ErrorCode code, String detail, Duration retryAfter) {
        super(detail, null, false, false);
        this.code = code;
        this.errors = List.of();
        this.retryAfter = retryAfter;
    }

    public ErrorCode code() {
        return code;
    }

    /** Whole seconds after which it makes sense to ask again, where that is known. */
    public Optional<Long> retryAfterSeconds() {
        return Optional.ofNullable(retryAfter)
                .map(wait -> Math.max(1, wait.plusMillis(999).toSeconds()));
    }

    public Problem problem() {
        return Problem.of(code, String.valueOf(getMessage()), errors);
    }
}
