package dev.longshore.push.checkpoint.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.event.EventCodec;
import dev.longshore.kit.problem.Problem;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;

/** Bounds every body but an uploaded archive, which is streamed and bounded where it is received. */
@ApplicationScoped
class BodyLimits {

    private static final long LARGEST = 4L << 20;
    private static final long MOMENT_MILLIS = 2000;
    private static final int FIRST = Integer.MIN_VALUE + 10;

    void install(@Observes Router router) {
        router.route("/api/*").order(FIRST).handler(this::enter);
    }

    private void enter(RoutingContext context) {
        if (UploadForm.isFor(context.request())) {
            context.next();
        } else if (length(context) > LARGEST) {
            refuse(context);
        } else {
            // For chunked bodies, which do not say how long they will be: Quarkus counts while it reads.
            context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, LARGEST);
            context.next();
        }
    }

    private static void refuse(RoutingContext context) {
        var problem = Problem.of(ErrorCode.TOO_LARGE, "The body is larger than %d bytes".formatted(LARGEST), List.of());
        context.response()
                .setStatusCode(ErrorCode.TOO_LARGE.status())
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("Connection", "close")
                .end(json(problem));
        // What still comes is thrown away for a moment: a sender that is cut off would never see the answer.
        context.request().handler(_ -> {}).resume();
        context.vertx()
                .setTimer(MOMENT_MILLIS, _ -> context.request().connection().close());
    }

    private static String json(Problem problem) {
        return EventCodec.mapper().valueToTree(problem).toString();
    }

    private static long length(RoutingContext context) {
        try {
            return Optional.ofNullable(context.request().getHeader("Content-Length"))
                    .map(Long::parseLong)
                    .orElse(0L);
        } catch (NumberFormatException _) {
            return Long.MAX_VALUE;
        }
    }
}
