package dev.longshore.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.longshore.events.ErrorCode;
import dev.longshore.kit.change.FrozenException;
import dev.longshore.kit.work.Transient;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.pgclient.PgException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The one place where an exception becomes an answer. */
class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    /** Of text, and of JSON. */
    private static final Set<String> NUL_STATES = Set.of("22021", "22P05");

    @ServerExceptionMapper
    Response problem(ProblemException failure) {
        var answer = failure.problem().toResponse();
        failure.retryAfterSeconds().ifPresent(seconds -> answer.getHeaders().putSingle("Retry-After", seconds));
        return answer;
    }

    @ServerExceptionMapper
    Response frozen(FrozenException failure) {
        return answer(ErrorCode.FROZEN, String.valueOf(failure.getMessage()), List.of());
    }

    @ServerExceptionMapper
    Response unknownField(UnrecognizedPropertyException failure) {
        var known = failure.getKnownPropertyIds();
        var detail = "The field '%s' is not known here".formatted(failure.getPropertyName())
                + (known == null || known.isEmpty()
                        ? ""
                        : "; known are "
                                + known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", ")));
        return answer(ErrorCode.UNKNOWN_FIELD, detail, List.of(new FieldError(pointer(failure), detail)));
    }

    @ServerExceptionMapper
    Response notReadable(JsonMappingException failure) {
        // What a value type says of a wrong value names the value and the rule; Jackson's own texts name Java classes.
        var cause = failure.getCause();
        var detail = cause instanceof IllegalArgumentException || cause instanceof java.time.DateTimeException
                ? String.valueOf(cause.getMessage())
                : failure.getOriginalMessage()
                        .replaceAll("`?(dev\\.longshore|java)\\.[\\w.$]+`?", "the expected kind of value");
        return answer(ErrorCode.INVALID_REQUEST, detail, List.of(new FieldError(pointer(failure), detail)));
    }

    /** Quarkus answers these itself, with nothing, unless someone is more exact. */
    @ServerExceptionMapper
    Response otherKind(MismatchedInputException failure) {
        return notReadable(failure);
    }

    @ServerExceptionMapper
    Response notJson(JsonProcessingException failure) {
        var place = failure.getLocation();
        var detail = "The body is not valid JSON"
                + (place == null ? "" : ": line %d, column %d".formatted(place.getLineNr(), place.getColumnNr()));
        return answer(ErrorCode.INVALID_REQUEST, detail, List.of());
    }

    @ServerExceptionMapper
    Response notValid(ConstraintViolationException failure) {
        var errors = failure.getConstraintViolations().stream()
                .map(violation -> {
                    var path = StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
                            .skip(2)
                            .map(node -> node.getName() + (node.getIndex() == null ? "" : "/" + node.getIndex()))
                            .collect(Collectors.joining("/"));
                    return new FieldError("/" + path, violation.getMessage());
                })
                .toList();
        var detail = errors.stream()
                .map(error -> error.pointer() + " " + error.detail())
                .collect(Collectors.joining("; "));
        return answer(ErrorCode.INVALID_REQUEST, detail, errors);
    }

    @ServerExceptionMapper(
            value = {UnauthorizedException.class, AuthenticationFailedException.class},
            priority = 1)
    Response unauthenticated(RuntimeException failure) {
        return answer(ErrorCode.UNAUTHENTICATED, "Give a token: Authorization: Bearer …", List.of());
    }

    @ServerExceptionMapper(value = ForbiddenException.class, priority = 1)
    Response forbidden(RuntimeException failure) {
        return answer(ErrorCode.FORBIDDEN, "Your role does not allow this", List.of());
    }

    @ServerExceptionMapper
    Response ofTheServer(WebApplicationException failure) {
        var status = failure.getResponse().getStatus();
        var cause = failure.getCause();
        if (cause instanceof UnrecognizedPropertyException unknown) {
            return unknownField(unknown);
        } else if (cause instanceof JsonMappingException mapping) {
            return notReadable(mapping);
        } else if (cause instanceof JsonProcessingException json) {
            return notJson(json);
        }
        if (Set.of(404, 405, 406, 415).contains(status)) {
            var code = switch (status) {
                case 404 -> ErrorCode.NOT_FOUND;
                case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
                default -> ErrorCode.INVALID_REQUEST;
            };
            var problem = Problem.of(code, "There is nothing at this path for this method and media type", List.of());
            return Response.fromResponse(problem.toResponse()).status(status).build();
        }
        return status < 500
                ? answer(ErrorCode.INVALID_REQUEST, "The request is not valid", List.of())
                : internal(failure);
    }

    @ServerExceptionMapper
    Response other(Throwable failure) {
        if (Transient.isTransient(failure)) {
            LOG.warnf("Answered 503: %s", failure);
            return answer(
                    ErrorCode.UNAVAILABLE, "The service's store cannot be reached; nothing was changed", List.of());
        }
        if (holdsNul(failure)) {
            return answer(
                    ErrorCode.INVALID_REQUEST, "A text holds the character U+0000, which cannot be kept", List.of());
        }
        return internal(failure);
    }

    /** PostgreSQL keeps every character but this one. */
    private static boolean holdsNul(@Nullable Throwable failure) {
        return failure != null
                && ((failure instanceof PgException refused && NUL_STATES.contains(refused.getSqlState()))
                        || holdsNul(failure.getCause()));
    }

    private static Response internal(Throwable failure) {
        LOG.error("Could not answer a request", failure);
        return answer(ErrorCode.INTERNAL, "The service's log says more under the trace of this request", List.of());
    }

    private static Response answer(ErrorCode code, String detail, List<FieldError> errors) {
        return Problem.of(code, detail, errors).toResponse();
    }

    private static String pointer(JsonMappingException failure) {
        return failure.getPath().stream()
                .map(step -> step.getFieldName() == null
                        ? Integer.toString(step.getIndex())
                        : step.getFieldName().replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining("/", "/", ""));
    }
}
