package dev.longshore.gateway.proxy;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.audit.domain.Outcome;
import dev.longshore.gateway.audit.operation.AuditDoor;
import dev.longshore.gateway.audit.operation.Operations;
import dev.longshore.gateway.door.BodySizes;
import dev.longshore.gateway.door.ProblemAnswers;
import dev.longshore.gateway.idempotency.Recording;
import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.gateway.proxy.domain.HeaderRules;
import dev.longshore.gateway.proxy.domain.Service;
import dev.longshore.gateway.token.InternalTokenWriter;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Hands one request on to a service and its answer back, byte for byte as they come, at the pace of the slower side. */
@ApplicationScoped
class ServiceProxy {

    private static final Logger LOG = Logger.getLogger(ServiceProxy.class);
    /** In a request's context, once the service has said all. */
    private static final String ANSWERED = "longshore.answered";

    private static final long MOMENT_MILLIS = 250;

    private final Services services;
    private final InternalTokenWriter tokens;
    private final Operations operations;
    private final ProblemAnswers problems;
    private final ProxyMetrics metrics;
    private final BodySizes sizes;

    ServiceProxy(
            Services services,
            InternalTokenWriter tokens,
            Operations operations,
            ProblemAnswers problems,
            ProxyMetrics metrics,
            BodySizes sizes) {
        this.operations = operations;
        this.services = services;
        this.tokens = tokens;
        this.problems = problems;
        this.metrics = metrics;
        this.sizes = sizes;
    }

    void handle(RoutingContext context, Identity session, Service service) {
        metrics.measure(context, service);
        var request = context.request();
        services.request(service, request.method(), pathAndQuery(request))
                .onFailure(failure -> {
                    Recording.of(context).ifPresent(Recording::notDone);
                    away(context, service, failure);
                })
                .onSuccess(onward -> {
                    copyHead(request, onward);
                    var address = request.remoteAddress().hostAddress();
                    onward.putHeader(
                            "Authorization",
                            "Bearer "
                                    + tokens.token(
                                            session,
                                            service,
                                            address,
                                            request.method(),
                                            String.valueOf(request.path()),
                                            AuditDoor.operation(context)));
                    exchange(context, service, onward);
                });
    }

    /** Absolute request targets become paths: the host in them is the caller's word. */
    private static String pathAndQuery(HttpServerRequest request) {
        var query = request.query();
        return query == null || query.isEmpty() ? String.valueOf(request.path()) : request.path() + "?" + query;
    }

    private static void copyHead(HttpServerRequest request, HttpClientRequest onward) {
        var rules = HeaderRules.of(request.headers().getAll("Connection"));
        request.headers().forEach(field -> {
            if (rules.goesToService(field.getKey())) {
                onward.headers().add(field.getKey(), field.getValue());
            }
        });
    }

    private void exchange(RoutingContext context, Service service, HttpClientRequest onward) {
        var body = new BoundedStream(context.request(), sizes.largest(context.request()));
        Recording.of(context).ifPresent(recording -> body.witnessedBy(recording::passed));
        // The caller hangs up, or is answered by us: so do we, and the service can stop working for nobody.
        context.addEndHandler(sent -> {
            if (!onward.response().isComplete()) {
                hangUp(context, onward);
            } else if (sent.failed()) {
                // Who has the last byte may hang up before we know that it was the last. The connection is another's by
                // then.
                context.vertx().setTimer(MOMENT_MILLIS, _ -> hangUp(context, onward));
            }
        });
        // Told by the answer's future too.
        onward.exceptionHandler(_ -> {});
        onward.response()
                .onSuccess(response -> answer(context, service, response))
                .onFailure(failure -> noAnswer(context, service, body, failure));
        if (hasBody(context.request())) {
            sendBody(context, onward, body);
        } else {
            onward.end();
        }
    }

    private static void sendBody(RoutingContext context, HttpClientRequest onward, BoundedStream body) {
        var request = context.request();
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            context.response().writeContinue();
        }
        if (!onward.headers().contains("Content-Length")) {
            onward.setChunked(true);
        }
        // A body that breaks off is not a body that ends: the service must not take it for whole.
        body.pipe().endOnFailure(false).to(onward).onFailure(failure -> onward.reset(0, failure));
    }

    private void hangUp(RoutingContext context, HttpClientRequest onward) {
        if (context.get(ANSWERED) == null) {
            onward.reset();
            unseen(context);
        }
    }

    private static boolean hasBody(HttpServerRequest request) {
        var length = request.getHeader("Content-Length");
        return request.headers().contains("Transfer-Encoding") || (length != null && !length.equals("0"));
    }

    private void answer(RoutingContext context, Service service, HttpClientResponse from) {
        var to = context.response();
        if (to.ended() || to.closed()) {
            return;
        }
        from.end().onSuccess(_ -> context.put(ANSWERED, true));
        to.setStatusCode(from.statusCode());
        var rules = HeaderRules.of(from.headers().getAll("Connection"));
        from.headers().forEach(field -> {
            if (rules.goesToCaller(field.getKey())) {
                to.headers().add(field.getKey(), field.getValue());
            }
        });
        var location = from.getHeader("Location");
        if (location != null) {
            to.putHeader(
                    "Location",
                    HeaderRules.publicLocation(location, services.base(service).toString()));
        }
        if (!to.headers().contains("Content-Length")
                && mayHaveBody(context.request().method(), from.statusCode())) {
            to.setChunked(true);
        }
        var recording = Recording.of(context);
        if (recording.isPresent()) {
            // What is made is described in few bytes; the sender is told when that is kept.
            from.body()
                    .onSuccess(body -> recording
                            .get()
                            .answered(from.statusCode(), to.headers(), body)
                            .onComplete(_ -> to.end(body).onFailure(failure -> to.reset())))
                    .onFailure(failure -> brokeOff(context, service, failure));
            return;
        }
        from.pipe().endOnFailure(false).to(to).onFailure(failure -> brokeOff(context, service, failure));
    }

    private static boolean mayHaveBody(HttpMethod method, int status) {
        return !method.equals(HttpMethod.HEAD) && status != 204 && status != 304;
    }

    private void brokeOff(RoutingContext context, Service service, Throwable failure) {
        LOG.warnf("An answer of %s broke off: %s", service, failure);
        unseen(context);
        context.response().reset();
    }

    /** What was asked may have been done or not: the trail says so. */
    private void unseen(RoutingContext context) {
        if (context.response().ended()) {
            return;
        }
        AuditDoor.operation(context).ifPresent(id -> operations.answered(id, Outcome.UNSEEN));
    }

    private void noAnswer(RoutingContext context, Service service, BoundedStream body, Throwable failure) {
        if (body.isTooLong()) {
            problems.answerAndClose(
                    context,
                    ErrorCode.TOO_LARGE,
                    "The body is larger than %d bytes".formatted(sizes.largest(context.request())));
        } else if (!context.response().closed()) {
            away(context, service, failure);
        }
    }

    private void away(RoutingContext context, Service service, Throwable failure) {
        // That it is away was said when it was found out.
        LOG.logf(
                failure instanceof ServiceAwayException ? Logger.Level.DEBUG : Logger.Level.WARN,
                "%s does not answer: %s",
                service,
                failure);
        problems.answerAndClose(
                context,
                ErrorCode.UNAVAILABLE,
                failure instanceof ServiceBusyException
                        ? "The part of Longshore that does this has too much to do at this moment"
                        : "The part of Longshore that does this is not there at this moment");
    }
}
