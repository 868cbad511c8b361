package dev.longshore.gateway.session.security;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.door.ProblemAnswers;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/**
 * {@code Authorization: Bearer} with the token of a session. Goes before the check of internal tokens, which are for the
 * services and mean nothing here.
 */
@ApplicationScoped
class BearerSessions implements HttpAuthenticationMechanism {

    private static final String SCHEME = "Bearer ";

    private final ProblemAnswers problems;

    BearerSessions(ProblemAnswers problems) {
        this.problems = problems;
    }

    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 1000;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        return token(context)
                .map(token -> identities.authenticate(new SessionRequest(token)))
                .orElseGet(() -> Uni.createFrom().nullItem());
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        if (!context.response().headWritten()) {
            context.response().putHeader("WWW-Authenticate", "Bearer");
            problems.answer(context, ErrorCode.UNAUTHENTICATED, "Give the token of a session: Authorization: Bearer …");
        }
        return Uni.createFrom().item(true);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(SessionRequest.class);
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return Uni.createFrom().item(new HttpCredentialTransport(HttpCredentialTransport.Type.AUTHORIZATION, "bearer"));
    }

    /** Of several Authorization headers none is taken: what comes later might take another. */
    private static Optional<String> token(RoutingContext context) {
        var values = context.request().headers().getAll("Authorization");
        if (values.size() != 1 || !values.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        return Optional.of(values.getFirst().substring(SCHEME.length()).strip());
    }
}
