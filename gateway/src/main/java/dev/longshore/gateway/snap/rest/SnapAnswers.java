package dev.longshore.gateway.snap.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.snap.SnapPushes.NoMetadataException;
import dev.longshore.gateway.snap.domain.SnapCode;
import dev.longshore.gateway.snap.domain.SnapException;
import dev.longshore.kit.problem.ProblemException;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Answers in SNAP's shapes. */
final class SnapAnswers {

    private static final Logger LOG = Logger.getLogger(SnapAnswers.class);
    private static final String SUCCESS = "success";
    private static final String MESSAGE = "message";
    private static final int NOT_FOUND = 404;

    private SnapAnswers() {}

    static Response success(@Nullable JsonNode data, String message) {
        var body = object(true);
        body.set("data", data == null ? JsonNodeFactory.instance.nullNode() : data);
        return Response.ok(body.put(MESSAGE, message)).build();
    }

    /** Whatever went wrong: what is not foreseen is logged, and told without its details. */
    static Response of(Throwable failure) {
        return switch (failure) {
            case SnapException known -> error(known);
            case NoMetadataException missing ->
                Response.status(NOT_FOUND)
                        .entity(object(false).put(MESSAGE, missing.getMessage()))
                        .build();
            case ProblemException problem when problem.code() == ErrorCode.TOO_MANY_REQUESTS -> tooMany(problem);
            case ProblemException problem -> error(of(problem));
            default -> {
                LOG.warnf("One of SNAP's calls failed: %s", failure);
                yield error(new SnapException(
                        SnapCode.CHECKPOINT_FAILED,
                        "Longshore could not do this at this moment",
                        "A part of it is not there"));
            }
        };
    }

    private static SnapException of(ProblemException problem) {
        var isSignIn = problem.code() == ErrorCode.UNAUTHENTICATED || problem.code() == ErrorCode.TOO_MANY_REQUESTS;
        return new SnapException(
                isSignIn ? SnapCode.AUTHENTICATION_FAILED : SnapCode.VALIDATION_ERROR,
                problem.code().title(),
                String.valueOf(problem.getMessage()));
    }

    private static Response tooMany(ProblemException problem) {
        return Response.fromResponse(error(of(problem)))
                .status(problem.code().status())
                .header("Retry-After", problem.retryAfterSeconds().orElse(1L))
                .build();
    }

    private static Response error(SnapException failure) {
        return Response.status(failure.code().status())
                .entity(object(false)
                        .put("error", failure.error())
                        .put("details", failure.details())
                        .put("code", failure.code().name()))
                .build();
    }

    private static ObjectNode object(boolean success) {
        return JsonNodeFactory.instance.objectNode().put(SUCCESS, success);
    }
}
