package dev.longshore.gateway.access;

import dev.longshore.gateway.access.domain.Access;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;

/** What the table says of the request at hand. To be asked before the first wait. */
@ApplicationScoped
public class CurrentAccess {

    static final String KEY = "longshore.access";

    private final CurrentVertxRequest request;

    CurrentAccess(CurrentVertxRequest request) {
        this.request = request;
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
