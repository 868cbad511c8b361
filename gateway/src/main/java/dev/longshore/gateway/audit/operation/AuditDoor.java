package dev.longshore.gateway.audit.operation;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.access.CurrentAccess;
import dev.longshore.gateway.access.domain.Access;
import dev.longshore.gateway.access.domain.Grants;
import dev.longshore.gateway.access.domain.Operation;
import dev.longshore.gateway.access.domain.Permission;
import dev.longshore.gateway.access.domain.PermissionTable;
import dev.longshore.gateway.audit.domain.Outcome;
import dev.longshore.gateway.audit.domain.Refused;
import dev.longshore.gateway.door.ProblemAnswers;
import dev.longshore.gateway.idempotency.Recording;
import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.kit.trace.TraceParent;
import dev.longshore.oci.ForeignText;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps every change that is asked for before it is done, and everyone who is refused, whoever refuses: this door, a
 * service behind it, or nobody knowing the token.
 */
@ApplicationScoped
public class AuditDoor {

    /** Behind the front door's own checks, before Quarkus authenticates (-200). */
    private static final int BEFORE_AUTHENTICATION = Integer.MIN_VALUE + 20;

    /** Once it is permitted (400) and not done before under the same key (450), before the proxy (500) and our resources. */
    private static final int BEFORE_IT_IS_DONE = 460;

    private static final List<String> DOORS = List.of("/api/*", "/config/*", "/registry/*", "/webhooks/*");
    private static final String WEBHOOKS = "/webhooks/";
    private static final String API = "/api/";
    private static final String OPERATION = "longshore.operation";
    private static final int LONGEST_RESOURCE = 256;

    private final Operations operations;
    private final Refusals refusals;
    private final ProblemAnswers problems;
    private final Clock clock = Clock.systemUTC();

    AuditDoor(Operations operations, Refusals refusals, ProblemAnswers problems) {
        this.operations = operations;
        this.refusals = refusals;
        this.problems = problems;
    }

    /** The id under which the request's change is kept; empty for one that changes nothing. */
    public static Optional<UUID> operation(RoutingContext context) {
        return Optional.ofNullable(context.get(OPERATION));
    }

    void install(@Observes Router router) {
        DOORS.forEach(path -> router.route(path).order(BEFORE_AUTHENTICATION).handler(this::watch));
        router.route("/api/*").order(BEFORE_IT_IS_DONE).handler(this::keep);
    }

    private void watch(RoutingContext context) {
        var trace = TraceParent.traceId();
        context.addEndHandler(sent ->
                ended(context, trace, sent.succeeded() ? context.response().getStatusCode() : Outcome.UNSEEN));
        context.next();
    }

    private void keep(RoutingContext context) {
        var access = CurrentAccess.of(context).filter(each -> !each.operation().isSafe());
        var someone = CurrentAccess.identity(context);
        if (access.isEmpty() || someone.isEmpty()) {
            context.next();
            return;
        }
        operations
                .ask(
                        someone.get(),
                        address(context),
                        access.get(),
                        String.valueOf(context.request().path()))
                .onSuccess(id -> {
                    context.put(OPERATION, id);
                    context.next();
                })
                .onFailure(_ -> {
                    Recording.of(context).ifPresent(Recording::notDone);
                    problems.answerAndClose(
                            context,
                            ErrorCode.UNAVAILABLE,
                            "This cannot be audited at this moment, so it was not done");
                });
    }

    private void ended(RoutingContext context, Optional<String> trace, int status) {
        var operation = operation(context);
        if (operation.isPresent()) {
            operations.answered(operation.get(), status);
        } else if (isRefusal(context, status)) {
            refusals.add(refused(context, trace, status));
        }
    }

    /** What is not there for someone may be there for others: for who sees everything it is just not there. */
    private static boolean isRefusal(RoutingContext context, int status) {
        return switch (status) {
            case 401, 403 -> !tellsItself(context);
            case 404 ->
                CurrentAccess.of(context)
                        .filter(access -> !access.visible().contains(Grants.WHOLE))
                        .isPresent();
            default -> false;
        };
    }

    /** A sign-in that is refused is audited where it is refused, with the name that was given. */
    private static boolean tellsItself(RoutingContext context) {
        return path(context).startsWith(API)
                && line(context)
                        .filter(line -> line.permission() == Permission.PUBLIC)
                        .isPresent();
    }

    private Refused refused(RoutingContext context, Optional<String> trace, int status) {
        var someone = CurrentAccess.identity(context);
        var address = address(context);
        var operation = line(context)
                .map(Operation::toString)
                .orElse(context.request().method().name() + " (no such path)");
        var at = clock.instant();
        return new Refused(
                new Refused.Key(someone.map(Identity::name).orElse(address), operation, status),
                1,
                at,
                at,
                CurrentAccess.of(context)
                        .or(() -> access(context, someone))
                        .map(Operations::project)
                        .orElse(Grants.WHOLE),
                someone.map(Identity::name).orElse("anonymous"),
                address,
                someone.map(Identity::id).orElse(null),
                resource(path(context)),
                trace.orElse(null));
    }

    private static Optional<Access> access(RoutingContext context, Optional<Identity> someone) {
        return someone.flatMap(each -> line(context).map(line -> Access.to(line, each.grants())));
    }

    /** The secret in the path of a webhook stays out. */
    private static String resource(String path) {
        if (path.startsWith(WEBHOOKS)) {
            var end = path.indexOf('/', WEBHOOKS.length());
            return shortened(path.substring(1, end < 0 ? path.length() : end));
        }
        return shortened(Operations.resource(path));
    }

    private static String shortened(String resource) {
        return ForeignText.cut(resource, LONGEST_RESOURCE);
    }

    private static Optional<Operation> line(RoutingContext context) {
        return PermissionTable.find(context.request().method().name(), path(context));
    }

    private static String path(RoutingContext context) {
        return String.valueOf(context.request().path());
    }

    private static String address(RoutingContext context) {
        return context.request().remoteAddress().hostAddress();
    }
}
