package dev.longshore.kit.token;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * A token is for one method at one path, which its claim {@code op} names: whoever steals it can repeat that operation until
 * it expires, and do no other.
 */
@ApplicationScoped
class OperationPolicy implements HttpSecurityPolicy {

    static final String NAME = "internal-token";

    /** The gateway makes no such tokens: they are for who has its key, such as a test. */
    private static final String ANY = "*";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Uni<CheckResult> checkPermission(
            RoutingContext context, Uni<SecurityIdentity> identity, AuthorizationRequestContext asked) {
        var operation =
                context.request().method().name() + " " + context.request().path();
        return identity.map(someone -> isFor(someone, operation) ? CheckResult.PERMIT : CheckResult.DENY);
    }

    private static boolean isFor(SecurityIdentity someone, String operation) {
        return someone.getPrincipal() instanceof JsonWebToken token && matches(token.<Object>getClaim("op"), operation);
    }

    private static boolean matches(@Nullable Object claimed, String operation) {
        return operation.equals(claimed) || ANY.equals(claimed);
    }
}
