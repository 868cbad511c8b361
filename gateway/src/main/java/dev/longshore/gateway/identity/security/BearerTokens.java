package dev.longshore.gateway.identity.security;

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
 * {@code Authorization: Bearer} with a token: of a session, of a service account, or of a workload. Goes before the check of internal tokens, which are for the
 * services and mean nothing here.
 */
@ApplicationScoped
class BearerTokens implements HttpAuthenticationMechanism {

    private static final String SCHEME = "Bearer ";

    private static final String FORGED = "longshore.forged";

    private final ProblemAnswers problems;
    private final CookieSessions cookies;

    BearerTokens(ProblemAnswers problems, CookieSessions cookies) {
        this.problems = problems;
        this.cookies = cookies;
    }

    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 1000;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        return token(context)
                .map(token -> identities.authenticate(new BearerRequest(token)))
                .orElseGet(() -> Uni.createFrom().nullItem());
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        if (context.get(FORGED) != null) {
            problems.answerAndClose(
                    context,
                    ErrorCode.FORBIDDEN,
                    "A change that comes with a cookie has to come from a page of this site: Sec-Fetch-Site or Origin say so");
        } else if (!context.response().headWritten()) {
            context.response().putHeader("WWW-Authenticate", "Bearer");
            problems.answer(
                    context,
                    ErrorCode.UNAUTHENTICATED,
                    "Give the token of a session or of a service account: Authorization: Bearer …");
        }
        return Uni.createFrom().item(true);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(BearerRequest.class);
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return Uni.createFrom().item(new HttpCredentialTransport(HttpCredentialTransport.Type.AUTHORIZATION, "bearer"));
    }

    /** Of several Authorization headers none is taken: what comes later might take another. Beside one no cookie counts. */
    private Optional<String> token(RoutingContext context) {
        var values = context.request().headers().getAll("Authorization");
        if (values.isEmpty()) {
            return cookie(context);
        }
        if (values.size() != 1 || !values.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        return Optional.of(values.getFirst().substring(SCHEME.length()).strip());
    }

    private Optional<String> cookie(RoutingContext context) {
        var token = cookies.token(context.request());
        if (token.isPresent() && !cookies.isMeant(context.request())) {
            context.put(FORGED, true);
            return Optional.empty();
        }
        return token;
    }
}
