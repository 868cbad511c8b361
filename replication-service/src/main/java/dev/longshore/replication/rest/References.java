package dev.longshore.replication.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.problem.FieldError;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.oci.ImageReference;
import dev.longshore.oci.InvalidReferenceException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** References that callers wrote. */
final class References {

    private References() {}

    /** @param field which of the request it is, for the answer */
    static ImageReference parse(@Nullable String text, String field) {
        if (text == null || text.isBlank()) {
            throw wrong(ErrorCode.INVALID_REQUEST, field, "'%s' is missing".formatted(field));
        }
        try {
            return ImageReference.parse(text);
        } catch (InvalidReferenceException invalid) {
            throw wrong(ErrorCode.INVALID_REFERENCE, field, String.valueOf(invalid.getMessage()));
        }
    }

    static ProblemException wrong(ErrorCode code, String field, String detail) {
        return new ProblemException(code, detail, List.of(new FieldError("/" + field, detail)));
    }
}
