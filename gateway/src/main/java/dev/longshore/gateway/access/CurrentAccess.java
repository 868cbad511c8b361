package dev.longshore.gateway.access;

import dev.longshore.gateway.access.domain.Access;
import dev.longshore.gateway.identity.domain.Identity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What the table says of the request at hand. To be asked before the first wait. */
@ApplicationScoped
public class CurrentAccess {

    static final String KEY = "longshore.access";

    private final CurrentVertxRequest request;

    CurrentAccess(CurrentVertxRequest request) {
        this.request = request;
    }

    /** Empty where no permission was checked. */
    public static Optional<Access> of(RoutingContext context) {
        return Optional.ofNullable(context.get(KEY));
    }

    /** Who asks; empty for a stranger. */
    public static Optional<Identity> identity(RoutingContext context) {
        return context.user() instanceof QuarkusHttpUser user
                ? Optional.ofNullable(user.getSecurityIdentity().<Identity>getAttribute(Identity.ATTRIBUTE))
                : Optional.ofNullable(context.get(Identity.ATTRIBUTE));
    }

    /** Throws {@link IllegalStateException} where no permission was checked. */
    public Access get() {
        var access = request.getCurrent().<Access>get(KEY);
        if (access == null) {
            throw new IllegalStateException("No permission was checked for this request");
        }
        return access;
    }
}
