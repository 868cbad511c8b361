package dev.longshore.gateway.identity.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.identity.OidcConfig;
import dev.longshore.gateway.identity.jwt.Provider.Document;
import dev.longshore.gateway.identity.oidc.OidcProvider.Said;
import dev.longshore.gateway.identity.oidc.domain.Begun;
import dev.longshore.gateway.identity.oidc.domain.Pkce;
import dev.longshore.gateway.session.Sessions.Opened;
import dev.longshore.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Signing in with a browser: to the provider, and back with a code (authorization code with PKCE). */
@ApplicationScoped
public class BrowserLogin {

    private static final String PURPOSE = "longshore-login";
    private static final String WAY_BACK = "/login/oidc/callback";

    private final OidcProvider provider;
    private final OidcSignIn signIn;
    private final SealedSignIns sealed;
    private final OidcConfig config;
    private final SecureRandom random = new SecureRandom();
    private final Clock clock = Clock.systemUTC();

    /** Where to send the browser, and what it keeps meanwhile. */
    public record Start(URI provider, String kept) {}

    public record Ended(Opened opened, boolean wantsToken) {}

    BrowserLogin(OidcProvider provider, OidcSignIn signIn, SealedSignIns sealed, OidcConfig config) {
        this.provider = provider;
        this.signIn = signIn;
        this.sealed = sealed;
        this.config = config;
    }

    public Uni<Start> begin(boolean wantsToken) {
        return provider.document().map(document -> {
            var begun = new Begun(
                    Pkce.random(random),
                    Pkce.random(random),
                    Pkce.random(random),
                    wantsToken,
                    clock.instant().plus(config.patience()));
            return new Start(question(document, begun), sealed.seal(begun, PURPOSE));
        });
    }

    /**
     * The way back.
     *
     * @param kept what the browser kept: without it the way back is somebody else's
     */
    public Uni<Ended> end(Optional<String> kept, String state, String code, String address) {
        var begun = kept.flatMap(each -> sealed.open(each, PURPOSE))
                .filter(each -> isSame(each.secret(), state))
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.UNAUTHENTICATED, "This is not the end of a sign-in that began here: begin again"));
        return provider.document()
                .chain(document -> provider.post(endpoint(document.token()), exchange(code, begun)))
                .chain(said -> provider.claims(idToken(said), Optional.of(begun.nonce())))
                .chain(claims -> signIn.open(claims, address, "oidc"))
                .map(opened -> new Ended(opened, begun.wantsToken()));
    }

    private URI question(Document document, Begun begun) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("response_type", "code");
        fields.put("client_id", config.clientId());
        fields.put("redirect_uri", wayBack());
        fields.put("scope", String.join(" ", config.scopes()));
        fields.put("state", begun.secret());
        fields.put("nonce", begun.nonce());
        fields.put("code_challenge", Pkce.challenge(begun.verifier()));
        fields.put("code_challenge_method", "S256");
        var endpoint = endpoint(document.authorization()).toString();
        return URI.create(endpoint + (endpoint.contains("?") ? "&" : "?") + OidcProvider.form(fields));
    }

    private Map<String, String> exchange(String code, Begun begun) {
        return Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                wayBack(),
                "code_verifier",
                begun.verifier());
    }

    private String wayBack() {
        return config.publicUrl().toString().replaceAll("/$", "") + WAY_BACK;
    }

    private static String idToken(Said said) {
        if (!said.isGood()) {
            throw new ProblemException(ErrorCode.UNAUTHENTICATED, "The provider does not take the code: begin again");
        }
        return said.text("id_token");
    }

    static URI endpoint(Optional<URI> endpoint) {
        return endpoint.orElseThrow(() -> new ProblemException(
                ErrorCode.UNAVAILABLE, "The provider's discovery document does not name what this takes"));
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
    }
}
