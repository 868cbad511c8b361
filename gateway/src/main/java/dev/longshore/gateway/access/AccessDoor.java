package dev.longshore.gateway.access;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.access.domain.Access;
import dev.longshore.gateway.access.domain.Operation;
import dev.longshore.gateway.access.domain.Permission;
import dev.longshore.gateway.access.domain.PermissionTable;
import dev.longshore.gateway.door.ProblemAnswers;
import dev.longshore.gateway.identity.domain.Identity;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Holds every request to the API against the table, after it is known who asks and before anything is done. */
@ApplicationScoped
class AccessDoor {

    /** After Quarkus has authenticated, before the proxy (500) and the gateway's own resources. */
    private static final int AFTER_AUTHENTICATION = 400;

    private final ProblemAnswers problems;

    AccessDoor(ProblemAnswers problems) {
        this.problems = problems;
    }

    void install(@Observes Router router) {
        router.route("/api/*").order(AFTER_AUTHENTICATION).handler(this::check);
    }

    private void check(RoutingContext context) {
        var request = context.request();
        var operation = PermissionTable.find(request.method().name(), String.valueOf(request.path()));
        if (operation.isEmpty()) {
            notThere(context);
        } else if (operation.get().permission() == Permission.PUBLIC) {
            context.next();
        } else {
            CurrentAccess.identity(context)
                    .ifPresentOrElse(
                            someone -> check(context, operation.get(), someone),
                            () -> problems.answer(context, ErrorCode.UNAUTHENTICATED, "Sign in first"));
        }
    }

    private void check(RoutingContext context, Operation operation, Identity someone) {
        var access = Access.to(operation, someone.grants());
        if (!someone.isFor(String.valueOf(context.request().path()))) {
            problems.answerAndClose(context, ErrorCode.FORBIDDEN, "This token is not for this path");
        } else if (!access.isPossible()) {
            problems.answerAndClose(
                    context,
                    ErrorCode.FORBIDDEN,
                    "This takes the role %s%s"
                            .formatted(
                                    RoleNames.of(operation.permission()),
                                    operation.isOfInstallation() ? " for the whole installation" : " in some project"));
        } else {
            context.put(CurrentAccess.KEY, access);
            context.next();
        }
    }

    private void notThere(RoutingContext context) {
        var methods = PermissionTable.methods(String.valueOf(context.request().path()));
        if (methods.isEmpty()) {
            problems.answerAndClose(context, ErrorCode.NOT_FOUND, "There is nothing at this path");
        } else {
            context.response().putHeader("Allow", String.join(", ", methods));
            problems.answerAndClose(context, ErrorCode.METHOD_NOT_ALLOWED, "This path takes " + methods);
        }
    }
}
