package dev.longshore.gateway.door;

import dev.longshore.events.ErrorCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Consumer;

/** Reads the body of a request for the gateway's own resources, which find it in the request's context then. */
@ApplicationScoped
public class WholeBodies {

    private final ProblemAnswers problems;
    private final BodySizes sizes;

    WholeBodies(ProblemAnswers problems, BodySizes sizes) {
        this.problems = problems;
        this.sizes = sizes;
    }

    /** @param whole told what there was; not if it is too large or breaks off */
    public void read(RoutingContext context, Consumer<Buffer> whole) {
        var request = context.request();
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
                whole.accept(body);
            }
        });
        request.resume();
    }
}
