package dev.longshore.push.checkpoint.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.problem.FieldError;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.oci.ForeignText;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What came in a multipart form.
 *
 * @param name of the file, as the form says it
 */
record UploadForm(
        Path part,
        String name,
        @Nullable String registry,
        @Nullable String repository,
        @Nullable String tag) {

    static final String PATH = "/api/v1/checkpoints";
    static final String ARCHIVE = "archive";

    /** For the API's description; what decides are the names themselves. */
    static final String REGISTRY = "^[a-z0-9][a-z0-9-]{0,62}$";

    static final String REPOSITORY = "^[a-z0-9]+([._-][a-z0-9]+)*(/[a-z0-9]+([._-][a-z0-9]+)*)*$";
    static final String FILE = "^[A-Za-z0-9_][A-Za-z0-9_-]*([./][A-Za-z0-9_][A-Za-z0-9_-]*)*$";
    static final String TAG = "^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$";
    private static final Set<String> FIELDS = Set.of("registry", "repository", "tag");
    private static final int LONGEST_NAME = 255;

    static boolean isFor(HttpServerRequest request) {
        var type = Optional.ofNullable(request.getHeader("Content-Type")).orElse("");
        return PATH.equals(request.path()) && type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    static UploadForm of(HttpServerRequest request, Path part, String name) {
        var form = request.formAttributes();
        for (var field : form.names()) {
            if (!FIELDS.contains(field) || form.getAll(field).size() != 1) {
                var detail = "The form has a field '%s' that is not known, or twice".formatted(printable(field));
                throw new ProblemException(
                        ErrorCode.UNKNOWN_FIELD, detail, List.of(new FieldError("/" + printable(field), detail)));
            }
        }
        return new UploadForm(
                part,
                printable(name),
                value(form.get("registry")),
                value(form.get("repository")),
                value(form.get("tag")));
    }

    private static @Nullable String value(@Nullable String field) {
        return field == null || field.isBlank() ? null : field.strip();
    }

    private static String printable(String text) {
        return ForeignText.bounded(text, LONGEST_NAME);
    }
}
