package dev.longshore.oci.client.transport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.oci.client.http.Credentials;
import dev.longshore.oci.client.http.RegistryClientOptions;
import dev.longshore.oci.client.http.RegistryException.InvalidAnswer;
import dev.longshore.oci.client.http.RegistryException.Rejected;
import dev.longshore.oci.client.http.RegistryException.Unavailable;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Fetches bearer tokens as the distribution project's token authentication describes: GET with service and scope, the
 * credentials by basic authentication.
 */
final class TokenService {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_TOKEN = 256 * 1024;
    private static final Duration DEFAULT_LIFE = Duration.ofSeconds(60);
    private static final Duration LONGEST_LIFE = Duration.ofHours(24);

    private final Wire wire;
    private final RegistryClientOptions options;

    /** A token is renewed while it is still good, so that no request meets its end. */
    record Token(String value, Instant renewAt) {
        boolean isFresh(Instant now) {
            return now.isBefore(renewAt);
        }

        @Override
        public String toString() {
            return "Token[renewAt=" + renewAt + "]";
        }
    }

    TokenService(Wire wire, RegistryClientOptions options) {
        this.wire = wire;
        this.options = options;
    }

    Uni<Token> fetch(URI realm, String service, Collection<String> scopes) {
        var action = "get a token from " + realm.getAuthority();
        var request = Request.of(HttpMethod.GET, tokenUri(realm, service, scopes), action)
                .limitedTo(LARGEST_TOKEN);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("User-Agent", options.userAgent());
        headers.put("Accept", "application/json");
        if (options.credentials() instanceof Credentials.Basic basic) {
            headers.put("Authorization", Authenticator.basic(basic));
        }
        var asked = Instant.now();
        return wire.exchange(new Wire.Call(
                        request,
                        URI.create(request.path()),
                        headers,
                        options.timeouts().request()))
                .onFailure()
                .transform(failure -> Verdicts.failure(action, failure))
                .map(answer -> judged(request, answer))
                .map(answer -> parse(action, answer, asked));
    }

    private static Answer judged(Request request, Answer answer) {
        try {
            return Verdicts.judge(request, answer);
        } catch (Rejected rejected) {
            // A token service that refuses means that the registry refuses: 400 is what some say to wrong passwords.
            var status = rejected.status() == 403 ? 403 : 401;
            throw new Rejected(
                    request.action(), status, "UNAUTHORIZED", "the token service answered " + rejected.status());
        } catch (Unavailable busy) {
            throw new Unavailable(
                    request.action(),
                    "the token service answered " + answer.status(),
                    answer.status(),
                    busy.retryAfter(),
                    busy);
        }
    }

    private static Token parse(String action, Answer answer, Instant asked) {
        try {
            var json = JSON.readTree(answer.body().getBytes());
            var token = json.path("token").asText("").isEmpty()
                    ? json.path("access_token").asText("")
                    : json.path("token").asText("");
            if (token.isBlank() || token.chars().anyMatch(c -> c < 0x21 || c > 0x7e)) {
                throw new InvalidAnswer(action, "the token service answered without a token");
            }
            return new Token(token, asked.plus(life(json).multipliedBy(4).dividedBy(5)));
        } catch (JsonProcessingException e) {
            throw new InvalidAnswer(action, "the token service did not answer JSON");
        } catch (java.io.IOException e) {
            throw new InvalidAnswer(action, "the token service did not answer JSON", e);
        }
    }

    private static Duration life(JsonNode json) {
        var seconds = json.path("expires_in").asLong(0);
        if (seconds <= 0) {
            return DEFAULT_LIFE;
        }
        return seconds >= LONGEST_LIFE.toSeconds() ? LONGEST_LIFE : Duration.ofSeconds(seconds);
    }

    private static String tokenUri(URI realm, String service, Collection<String> scopes) {
        var query = new StringBuilder(realm.getRawQuery() == null ? "?" : "?" + realm.getRawQuery() + "&");
        query.append("client_id=longshore");
        if (!service.isEmpty()) {
            query.append("&service=").append(encode(service));
        }
        scopes.forEach(scope -> query.append("&scope=").append(encode(scope)));
        return realm.getScheme() + "://" + realm.getRawAuthority() + realm.getRawPath() + query;
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
