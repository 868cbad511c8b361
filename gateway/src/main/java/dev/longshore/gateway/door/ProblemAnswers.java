package dev.longshore.gateway.door;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.door.connection.LastAnswer;
import dev.longshore.kit.problem.Problem;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** Answers with a problem where no REST resource is at work. */
@ApplicationScoped
public class ProblemAnswers {

    private static final Duration SOON = Duration.ofSeconds(2);

    private final ObjectMapper mapper;

    ProblemAnswers(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** Does nothing if the answer has begun: there is no way back then. */
    public void answer(RoutingContext context, ErrorCode code, String detail) {
        answer(context, code, detail, SOON);
    }

    private void answer(RoutingContext context, ErrorCode code, String detail, Duration retryAfter) {
        var response = context.response();
        if (response.ended() || response.headWritten()) {
            return;
        }
        response.headers().remove("Content-Length").remove("Transfer-Encoding");
        response.setStatusCode(code.status()).putHeader("Content-Type", "application/problem+json");
        if (code == ErrorCode.UNAVAILABLE || code == ErrorCode.TOO_MANY_REQUESTS) {
            response.putHeader("Retry-After", Long.toString(retryAfter.toSeconds()));
        }
        end(response, json(Problem.of(code, detail, List.of())));
    }

    /** As {@link #answer}, and ends the connection: what is left of the request's body will not be read. */
    public void answerAndClose(RoutingContext context, ErrorCode code, String detail) {
        answerAndClose(context, code, detail, SOON);
    }

    /** @param retryAfter of those that may be asked again */
    public void answerAndClose(RoutingContext context, ErrorCode code, String detail, Duration retryAfter) {
        LastAnswer.on(context);
        answer(context, code, detail, retryAfter);
    }

    private static void end(HttpServerResponse response, String body) {
        // A client that is gone meanwhile is no failure of ours.
        response.end(body).onFailure(_ -> response.reset());
    }

    private String json(Problem problem) {
        try {
            return mapper.writeValueAsString(problem);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("Could not write a problem", failure);
        }
    }
}
