package dev.longshore.gateway.door;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Reads a body that does not say how long it is before the gateway's own resources see it: the one that turns out to be
 * too large is answered by a problem, as others are. What goes to services has been handed on by then.
 */
@ApplicationScoped
class ChunkedBodies {

    private static final int AFTER_THE_PROXY = 600;

    private final WholeBodies bodies;

    ChunkedBodies(WholeBodies bodies) {
        this.bodies = bodies;
    }

    void install(@Observes Router router) {
        router.route().order(AFTER_THE_PROXY).handler(this::read);
    }

    private void read(RoutingContext context) {
        var request = context.request();
        if (!request.headers().contains("Transfer-Encoding") || request.isEnded() || isNotification(context)) {
            context.next();
        } else {
            bodies.read(context, _ -> context.next());
        }
    }

    /** Those are read by their own rules. */
    private static boolean isNotification(RoutingContext context) {
        return String.valueOf(context.request().path()).startsWith("/webhooks/");
    }
}
