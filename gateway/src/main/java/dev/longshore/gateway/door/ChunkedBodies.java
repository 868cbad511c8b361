package dev.longshore.gateway.door;

import dev.longshore.events.ErrorCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Reads a body that does not say how long it is before the gateway's own resources see it: the one that turns out to be
 * too large is answered by a problem, as others are. What goes to services has been handed on by then.
 */
@ApplicationScoped
class ChunkedBodies {

    private static final int AFTER_THE_PROXY = 600;

    private final ProblemAnswers problems;
    private final BodySizes sizes;

    ChunkedBodies(ProblemAnswers problems, BodySizes sizes) {
        this.problems = problems;
        this.sizes = sizes;
    }

    void install(@Observes Router router) {
        router.route().order(AFTER_THE_PROXY).handler(this::read);
    }

    private void read(RoutingContext context) {
        var request = context.request();
        if (!request.headers().contains("Transfer-Encoding") || request.isEnded() || isNotification(context)) {
            context.next();
            return;
        }
        var body = Buffer.buffer();
        var largest = sizes.largest(request);
        request.exceptionHandler(_ -> {});
        request.handler(chunk -> {
            body.appendBuffer(chunk);
            if (body.length() > largest) {
                problems.answerAndClose(
                        context, ErrorCode.TOO_LARGE, "The body is larger than %d bytes".formatted(largest));
            }
        });
        request.endHandler(_ -> {
            if (!context.response().ended()) {
                ((RoutingContextInternal) context).setBody(body);
                context.next();
            }
        });
        request.resume();
    }

    /** Those are read by their own rules. */
    private static boolean isNotification(RoutingContext context) {
        return String.valueOf(context.request().path()).startsWith("/webhooks/");
    }
}
