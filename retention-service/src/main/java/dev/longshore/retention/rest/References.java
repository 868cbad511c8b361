package dev.longshore.retention.rest;

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

    static ImageReference parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw wrong(ErrorCode.INVALID_REQUEST, "'reference' is missing");
        }
        try {
            return ImageReference.parse(text);
        } catch (InvalidReferenceException invalid) {
            throw wrong(ErrorCode.INVALID_REFERENCE, String.valueOf(invalid.getMessage()));
        }
    }

    private static ProblemException wrong(ErrorCode code, String detail) {
        return new ProblemException(code, detail, List.of(new FieldError("/reference", detail)));
    }
}
