package dev.longshore.gateway.proxy;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.access.CurrentAccess;
import dev.longshore.gateway.door.ProblemAnswers;
import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.gateway.proxy.domain.RoutingTable;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.BiConsumer;

/** After Quarkus has authenticated, and before the gateway's own resources. */
@ApplicationScoped
class ProxyRoutes {

    private static final int AFTER_AUTHENTICATION = 500;
    private static final String EXECUTIONS = "/api/v1/executions";

    private final ServiceProxy proxy;
    private final ExecutionList executions;
    private final ProblemAnswers problems;

    ProxyRoutes(ServiceProxy proxy, ExecutionList executions, ProblemAnswers problems) {
        this.proxy = proxy;
        this.executions = executions;
        this.problems = problems;
    }

    void install(@Observes Router router) {
        router.route("/api/v1/*").order(AFTER_AUTHENTICATION).handler(this::route);
    }

    private void route(RoutingContext context) {
        var path = String.valueOf(context.request().path());
        var owner = RoutingTable.owner(path);
        if (owner.isPresent()) {
            asSomeone(context, (request, session) -> proxy.handle(request, session, owner.get()));
        } else if (path.equals(EXECUTIONS) && context.request().method().equals(HttpMethod.GET)) {
            asSomeone(context, executions::handle);
        } else if (path.startsWith(EXECUTIONS)) {
            // The kit would look in the gateway's own database, where there are none.
            problems.answerAndClose(context, ErrorCode.NOT_FOUND, "There is no such execution");
        } else {
            context.next();
        }
    }

    private void asSomeone(RoutingContext context, BiConsumer<RoutingContext, Identity> handler) {
        CurrentAccess.identity(context)
                .ifPresentOrElse(
                        session -> handler.accept(context, session),
                        () -> problems.answer(context, ErrorCode.UNAUTHENTICATED, "Sign in first"));
    }
}
