package dev.longshore.gateway.door;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.door.connection.Connections;
import dev.longshore.gateway.door.settings.DoorConfig;
import dev.longshore.kit.work.Transient;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What every request passes before anyone asks who sent it, and what is answered when nobody else did. */
@ApplicationScoped
class FrontDoor {

    private static final Logger LOG = Logger.getLogger(FrontDoor.class);
    /** Before Quarkus authenticates (-200). */
    private static final int FIRST = Integer.MIN_VALUE + 10;

    private static final Map<Integer, ErrorCode> CODES = Map.of(
            400, ErrorCode.INVALID_REQUEST,
            401, ErrorCode.UNAUTHENTICATED,
            403, ErrorCode.FORBIDDEN,
            404, ErrorCode.NOT_FOUND,
            405, ErrorCode.METHOD_NOT_ALLOWED,
            413, ErrorCode.TOO_LARGE);

    private final ProblemAnswers problems;
    private final BodySizes sizes;
    private final Connections connections;
    private final Strangers strangers;
    private final Duration bodyPatience;

    FrontDoor(
            ProblemAnswers problems, BodySizes sizes, Connections connections, Strangers strangers, DoorConfig config) {
        this.problems = problems;
        this.sizes = sizes;
        this.connections = connections;
        this.strangers = strangers;
        this.bodyPatience = config.bodyPatience();
    }

    void install(@Observes Router router) {
        router.route().order(FIRST).handler(this::enter).failureHandler(this::failed);
        router.route().order(Integer.MAX_VALUE).handler(this::nobodyAnswered);
    }

    private void enter(RoutingContext context) {
        connections.begin(context, () -> tooSlow(context));
        var path = String.valueOf(context.request().path());
        context.addHeadersEndHandler(_ -> SecurityHeaders.apply(
                path, context.request().isSSL(), context.response().headers()));
        var query = Optional.ofNullable(context.request().query()).orElse("");
        var refusal = RequestPaths.refusal(path)
                .or(() -> RequestHeads.refusal(context.request().headers(), query));
        if (refusal.isPresent()) {
            problems.answerAndClose(context, ErrorCode.INVALID_REQUEST, refusal.get());
        } else if (isOperations(path) && strangers.mayNotObserve(context.request())) {
            problems.answerAndClose(context, ErrorCode.NOT_FOUND, "There is nothing at this path");
        } else if (strangers.isForeignPage(context.request())) {
            problems.answerAndClose(context, ErrorCode.FORBIDDEN, "Pages of this origin may not watch");
        } else if (context.request().method().equals(HttpMethod.CONNECT)) {
            problems.answerAndClose(context, ErrorCode.INVALID_REQUEST, "This method is not for this server");
        } else if (isTooLarge(context, path)) {
            problems.answerAndClose(
                    context,
                    ErrorCode.TOO_LARGE,
                    "The body is larger than %d bytes".formatted(sizes.largest(context.request())));
        } else {
            // For chunked bodies, which do not say how long they will be: Quarkus counts while it reads.
            context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, sizes.largest(context.request()));
            waitForBody(context);
            context.next();
        }
    }

    /** The pace alone would let a body of megabytes take hours. */
    private void waitForBody(RoutingContext context) {
        var request = context.request();
        var hasBody = request.headers().contains("Content-Length")
                || request.headers().contains("Transfer-Encoding");
        if (hasBody && !BodySizes.isUpload(request)) {
            var timer = context.vertx().setTimer(bodyPatience.toMillis(), _ -> {
                if (!request.isEnded()) {
                    tooSlow(context);
                }
            });
            connections.whenOver(context, () -> context.vertx().cancelTimer(timer));
        }
    }

    private void tooSlow(RoutingContext context) {
        problems.answerAndClose(context, ErrorCode.TOO_SLOW, "The body of the request did not arrive in time");
    }

    private static boolean isOperations(String path) {
        return path.equals("/q") || path.startsWith("/q/");
    }

    private boolean isTooLarge(RoutingContext context, String path) {
        if (path.startsWith("/webhooks/")) {
            return false;
        }
        return Optional.ofNullable(context.request().getHeader("Content-Length"))
                .filter(length -> length.length() > 18 || parsed(length) > sizes.largest(context.request()))
                .isPresent();
    }

    private static long parsed(String length) {
        try {
            return Long.parseLong(length);
        } catch (NumberFormatException _) {
            return Long.MAX_VALUE;
        }
    }

    private void failed(RoutingContext context) {
        var failure = context.failure();
        if (failure == null) {
            var code = CODES.get(context.statusCode());
            if (code == null) {
                context.next();
            } else {
                problems.answer(context, code, "The request was refused");
            }
        } else if (Transient.isTransient(failure)) {
            LOG.warnf("Answered 503: %s", failure);
            problems.answer(
                    context, ErrorCode.UNAVAILABLE, "The gateway's store cannot be reached; nothing was changed");
        } else {
            context.next();
        }
    }

    private void nobodyAnswered(RoutingContext context) {
        problems.answer(context, ErrorCode.NOT_FOUND, "There is nothing at this path");
    }
}
