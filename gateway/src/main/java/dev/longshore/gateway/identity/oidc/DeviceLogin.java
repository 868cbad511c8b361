package dev.longshore.gateway.identity.oidc;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.identity.OidcConfig;
import dev.longshore.gateway.identity.oidc.OidcProvider.Said;
import dev.longshore.gateway.identity.oidc.domain.Begun;
import dev.longshore.gateway.identity.oidc.domain.Pkce;
import dev.longshore.gateway.session.Sessions.Opened;
import dev.longshore.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Signing in with a terminal: whoever sits before it types a code into a browser elsewhere (RFC 8628). */
@ApplicationScoped
public class DeviceLogin {

    private static final String PURPOSE = "longshore-device-login";
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";
    private static final int INTERVAL_SECONDS = 5;
    private static final Duration SLOWER = Duration.ofSeconds(10);

    private final OidcProvider provider;
    private final OidcSignIn signIn;
    private final SealedSignIns sealed;
    private final OidcConfig config;
    private final SecureRandom random = new SecureRandom();
    private final Clock clock = Clock.systemUTC();

    /** What to tell whoever sits there; {@code kept} is for the terminal alone. */
    public record Start(
            String kept, String userCode, String uri, Optional<String> completeUri, Instant expiresAt, int interval) {}

    DeviceLogin(OidcProvider provider, OidcSignIn signIn, SealedSignIns sealed, OidcConfig config) {
        this.provider = provider;
        this.signIn = signIn;
        this.sealed = sealed;
        this.config = config;
    }

    public Uni<Start> begin() {
        var verifier = Pkce.random(random);
        var fields = Map.of(
                "scope", String.join(" ", config.scopes()),
                "code_challenge", Pkce.challenge(verifier),
                "code_challenge_method", "S256");
        return provider.document()
                .chain(document -> provider.post(BrowserLogin.endpoint(document.deviceAuthorization()), fields))
                .map(said -> start(said, verifier));
    }

    /** Empty as long as nobody has typed the code. Fails with 429 for who asks too often. */
    public Uni<Optional<Opened>> poll(String kept, String address) {
        var begun = sealed.open(kept, PURPOSE).orElseThrow(DeviceLogin::over);
        var fields = Map.of("grant_type", GRANT, "device_code", begun.secret(), "code_verifier", begun.verifier());
        return provider.document()
                .chain(document -> provider.post(BrowserLogin.endpoint(document.token()), fields))
                .chain(said -> said.isGood()
                        ? provider.claims(said.text("id_token"), Optional.empty())
                                .chain(claims -> signIn.open(claims, address, "device"))
                                .map(Optional::of)
                        : notYet(said.text("error")));
    }

    private Start start(Said said, String verifier) {
        if (!said.isGood()) {
            throw new ProblemException(ErrorCode.UNAVAILABLE, "The provider does not let terminals sign in");
        }
        var lifetime = Duration.ofSeconds(
                said.body().path("expires_in").asLong(config.patience().toSeconds()));
        var expiresAt = clock.instant().plus(lifetime);
        var begun = new Begun(said.text("device_code"), "", verifier, true, expiresAt);
        return new Start(
                sealed.seal(begun, PURPOSE),
                said.text("user_code"),
                said.text("verification_uri"),
                Optional.of(said.text("verification_uri_complete")).filter(uri -> !uri.isEmpty()),
                expiresAt,
                said.body().path("interval").asInt(INTERVAL_SECONDS));
    }

    private static Uni<Optional<Opened>> notYet(String error) {
        return switch (error) {
            case "authorization_pending" -> Uni.createFrom().item(Optional.empty());
            case "slow_down" ->
                Uni.createFrom()
                        .failure(new ProblemException(
                                ErrorCode.TOO_MANY_REQUESTS, "Ask less often whether the code was typed", SLOWER));
            case "access_denied" ->
                Uni.createFrom().failure(new ProblemException(ErrorCode.FORBIDDEN, "Whoever typed the code said no"));
            default -> Uni.createFrom().failure(over());
        };
    }

    private static ProblemException over() {
        return new ProblemException(ErrorCode.UNAUTHENTICATED, "This code is over, or was never given: begin again");
    }
}
