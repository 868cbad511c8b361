package dev.longshore.gateway.identity.security;

import dev.longshore.gateway.identity.KnownIdentities;
import dev.longshore.gateway.identity.domain.Identity;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Knows whose token it is. */
@ApplicationScoped
class BearerIdentities implements IdentityProvider<BearerRequest> {

    private final KnownIdentities identities;

    BearerIdentities(KnownIdentities identities) {
        this.identities = identities;
    }

    @Override
    public Class<BearerRequest> getRequestType() {
        return BearerRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(BearerRequest request, AuthenticationRequestContext context) {
        return identities
                .find(request.token())
                .map(found -> found.map(BearerIdentities::identity)
                        .orElseThrow(() -> new AuthenticationFailedException("The token is nobody's")));
    }

    private static SecurityIdentity identity(Identity someone) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(someone.name()))
                .addAttribute(Identity.ATTRIBUTE, someone)
                .build();
    }
}
