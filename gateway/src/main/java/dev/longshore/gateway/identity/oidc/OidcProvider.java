package dev.longshore.gateway.identity.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.identity.OidcConfig;
import dev.longshore.gateway.identity.jwt.GuardedHttp;
import dev.longshore.gateway.identity.jwt.GuardedHttp.Question;
import dev.longshore.gateway.identity.jwt.Issuers;
import dev.longshore.gateway.identity.jwt.IssuersConfig;
import dev.longshore.gateway.identity.jwt.Provider.Document;
import dev.longshore.gateway.identity.jwt.SignedToken;
import dev.longshore.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Clock;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The one provider at which people sign in. */
@ApplicationScoped
class OidcProvider {

    private static final Logger LOG = Logger.getLogger(OidcProvider.class);

    private final OidcConfig config;
    private final IssuersConfig issuersConfig;
    private final Issuers issuers;
    private final GuardedHttp http;
    private final ObjectMapper mapper;
    private final Clock clock = Clock.systemUTC();

    /** What an endpoint said; not all that is no success is a failure. */
    record Said(int status, JsonNode body) {

        boolean isGood() {
            return status == 200;
        }

        String text(String field) {
            return body.path(field).asText();
        }
    }

    OidcProvider(
            OidcConfig config, IssuersConfig issuersConfig, Issuers issuers, GuardedHttp http, ObjectMapper mapper) {
        this.config = config;
        this.issuersConfig = issuersConfig;
        this.issuers = issuers;
        this.http = http;
        this.mapper = mapper;
    }

    /** Fails with 404 if none is configured, with 503 if it is away. */
    Uni<Document> document() {
        return config.issuer()
                .map(issuer -> issuers.provider(issuer, Optional.empty(), config.allowPrivateAddresses())
                        .map(provider -> provider.document())
                        .onFailure()
                        .transform(_ -> away()))
                .orElseGet(() -> Uni.createFrom()
                        .failure(new ProblemException(
                                ErrorCode.NOT_FOUND,
                                "No provider is configured to sign in at: longshore.oidc.issuer")));
    }

    Uni<Said> post(URI endpoint, Map<String, String> fields) {
        var all = new LinkedHashMap<>(fields);
        var headers = new LinkedHashMap<String, String>();
        headers.put("Accept", "application/json");
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        all.put("client_id", config.clientId());
        config.clientSecret().ifPresent(secret -> {
            // RFC 6749, section 2.3.1: both are form-encoded first.
            all.remove("client_id");
            headers.put(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString(
                                            (encoded(config.clientId()) + ":" + encoded(secret)).getBytes(UTF_8)));
        });
        return http.ask(new Question(endpoint, headers, form(all), config.allowPrivateAddresses()))
                .map(answer -> new Said(answer.status(), parse(answer.body().getBytes())))
                .onFailure()
                .transform(failure -> {
                    LOG.warnf("The provider to sign in at did not answer: %s", failure.getMessage());
                    return away();
                });
    }

    /** The claims of an ID token, if it is good, for us, and of the sign-in that has this nonce. */
    Uni<Map<String, Object>> claims(String idToken, Optional<String> nonce) {
        var token = SignedToken.parse(idToken)
                .filter(each -> each.issuer().equals(config.issuer().orElse("")))
                .orElseThrow(OidcProvider::notGood);
        return issuers.provider(token.issuer(), token.keyId(), config.allowPrivateAddresses())
                .onFailure()
                .transform(_ -> away())
                .map(provider -> token.verified(provider.keys(), clock.instant(), issuersConfig.leeway())
                        .map(SignedToken.Claims::values)
                        .filter(claims -> isForUs(claims)
                                && nonce.map(each -> each.equals(claims.get("nonce")))
                                        .orElse(true))
                        .orElseThrow(OidcProvider::notGood));
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** OpenID Connect Core, section 3.1.3.7. */
    private boolean isForUs(Map<String, Object> claims) {
        var audience = claims.get("aud");
        var isNamed = config.clientId().equals(audience)
                || audience instanceof Collection<?> many && many.contains(config.clientId());
        var party = claims.get("azp");
        return isNamed && (party == null || config.clientId().equals(party));
    }

    private JsonNode parse(byte[] body) {
        try {
            return mapper.readTree(body);
        } catch (IOException failure) {
            throw new UncheckedIOException("The answer is not JSON", failure);
        }
    }

    private static ProblemException notGood() {
        return new ProblemException(ErrorCode.UNAUTHENTICATED, "The provider's token is not good");
    }

    private static ProblemException away() {
        return new ProblemException(ErrorCode.UNAVAILABLE, "The provider to sign in at does not answer");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
