package dev.longshore.gateway.door;

import static java.util.Map.entry;

import dev.longshore.events.ErrorCode;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/** Which method each of the gateway's own paths takes that the table of permissions does not speak of. */
@ApplicationScoped
class OwnMethods {

    private static final int BEFORE_RESOURCES = 550;
    private static final String ALLOW = "Allow";

    private static final Map<String, HttpMethod> METHODS = Map.ofEntries(
            entry("/", HttpMethod.GET),
            entry("/openapi", HttpMethod.GET),
            entry("/login/oidc", HttpMethod.GET),
            entry("/login/oidc/callback", HttpMethod.GET),
            entry("/config/user/create", HttpMethod.POST),
            entry("/config/user/login", HttpMethod.POST),
            entry("/config/registry/create", HttpMethod.POST),
            entry("/config/registry/list", HttpMethod.GET),
            entry("/config/registry/update", HttpMethod.PUT),
            entry("/config/registry/delete", HttpMethod.DELETE),
            entry("/registry/login", HttpMethod.POST),
            entry("/registry/create_and_push_checkpoint_container", HttpMethod.POST));

    private final ProblemAnswers problems;

    OwnMethods(ProblemAnswers problems) {
        this.problems = problems;
    }

    void install(@Observes Router router) {
        router.route().order(BEFORE_RESOURCES).handler(this::check);
    }

    private void check(RoutingContext context) {
        var request = context.request();
        var path = String.valueOf(request.path());
        var taken = path.startsWith("/webhooks/") ? HttpMethod.POST : METHODS.get(path);
        if (taken == null || isTaken(request.method(), taken)) {
            context.next();
        } else {
            context.response().putHeader(ALLOW, taken.name());
            problems.answerAndClose(context, ErrorCode.METHOD_NOT_ALLOWED, "This path takes " + taken);
        }
    }

    private static boolean isTaken(HttpMethod asked, HttpMethod taken) {
        return asked.equals(taken) || (asked.equals(HttpMethod.HEAD) && taken.equals(HttpMethod.GET));
    }
}
