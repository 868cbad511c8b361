package dev.longshore.kit.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longshore.events.ErrorCode;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** The body of an error (RFC 9457). {@code type} names the page that explains it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String type, String title, int status, String detail, String code, List<FieldError> errors) {

    public static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

    /** Seconds after which a client may ask again when something is away. */
    private static final int RETRY_AFTER = 5;

    public static Problem of(ErrorCode code, String detail, List<FieldError> errors) {
        return new Problem("/docs/problems/" + code.code(), code.title(), code.status(), detail, code.code(), errors);
    }

    public Response toResponse() {
        var response = Response.status(status).type(MEDIA_TYPE).entity(this);
        if (status == 503 || status == 429) {
            response.header("Retry-After", RETRY_AFTER);
        }
        return response.build();
    }
}
