package dev.longshore.gateway.door.connection;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Ends a connection whose request is answered before it was read. What still comes is thrown away for a moment: a sender
 * that is cut off in the middle would never see the answer.
 */
public final class LastAnswer {

    private static final long MOMENT_MILLIS = 2000;

    private LastAnswer() {}

    /** To be called before the answer is sent. */
    public static void on(RoutingContext context) {
        if (!context.response().headWritten()) {
            context.response().putHeader("Connection", "close");
            context.addEndHandler(_ -> linger(context));
        }
    }

    private static void linger(RoutingContext context) {
        var request = context.request();
        if (request.isEnded()) {
            close(request);
            return;
        }
        var timer = context.vertx().setTimer(MOMENT_MILLIS, _ -> close(request));
        request.exceptionHandler(_ -> {});
        request.endHandler(_ -> {
            context.vertx().cancelTimer(timer);
            close(request);
        });
        request.handler(_ -> {});
        request.resume();
    }

    private static void close(HttpServerRequest request) {
        request.connection().close().onFailure(_ -> {});
    }
}
