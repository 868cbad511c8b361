package dev.longshore.gateway.session;

import dev.longshore.gateway.identity.domain.Actor;
import dev.longshore.gateway.identity.domain.Identity;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;

/** Whose request it is. */
@ApplicationScoped
public class CurrentSession {

    private final CurrentIdentityAssociation identity;

    CurrentSession(CurrentIdentityAssociation identity) {
        this.identity = identity;
    }

    /** As {@link #get}, with from where. */
    public Uni<Actor> actor(HttpServerRequest request) {
        return get().map(identity -> new Actor(identity, request.remoteAddress().hostAddress()));
    }

    /** Fails with {@link UnauthorizedException} if nobody is signed in. */
    public Uni<Identity> get() {
        return identity.getDeferredIdentity().map(known -> {
            var session = known.<Identity>getAttribute(Identity.ATTRIBUTE);
            if (session == null) {
                throw new UnauthorizedException();
            }
            return session;
        });
    }
}
