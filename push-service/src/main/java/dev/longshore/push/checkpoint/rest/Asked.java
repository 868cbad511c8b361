package dev.longshore.push.checkpoint.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.problem.FieldError;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.oci.InvalidReferenceException;
import dev.longshore.oci.Names;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where an image is wanted. Fields that are left out come from the archive. */
record Asked(String registry, Optional<String> repository, Optional<String> tag) {

    static Asked of(@Nullable String registry, @Nullable String repository, @Nullable String tag) {
        if (registry == null) {
            throw wrong(ErrorCode.INVALID_REQUEST, "registry", "'registry' is missing");
        }
        return new Asked(
                valid("registry", registry, Names::registry),
                Optional.ofNullable(repository).map(name -> valid("repository", name, Names::repository)),
                Optional.ofNullable(tag).map(name -> valid("tag", name, Names::tag)));
    }

    static ProblemException wrong(ErrorCode code, String field, String detail) {
        return new ProblemException(code, detail, List.of(new FieldError("/" + field, detail)));
    }

    private static String valid(String field, String text, UnaryOperator<String> check) {
        try {
            return check.apply(text);
        } catch (InvalidReferenceException invalid) {
            throw wrong(ErrorCode.INVALID_REFERENCE, field, String.valueOf(invalid.getMessage()));
        }
    }
}
