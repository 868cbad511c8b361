package dev.longshore.gateway.suite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jose4j.jwk.PublicJsonWebKey;

/**
 * A provider at which people sign in, without pages: a test says by {@code POST /next?code=…} what the ID token for a code
 * will claim, and which challenge belongs to it. For what a real one does, see the test with Keycloak.
 */
public final class TestProvider implements AutoCloseable {

    public static final String CLIENT_SECRET = "a secret: of the test";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestIssuer issuer = new TestIssuer();
    private final PublicJsonWebKey key = issuer.addKey("RS256");
    private final Map<String, Map<String, Object>> codes = new ConcurrentHashMap<>();

    public TestProvider() {
        issuer.server().createContext("/next", this::next);
        issuer.server().createContext("/token", this::token);
        issuer.server().createContext("/device", this::device);
    }

    public String url() {
        return issuer.url();
    }

    @Override
    public void close() {
        issuer.close();
    }

    private void next(HttpExchange exchange) throws IOException {
        var code = exchange.getRequestURI().getQuery().substring("code=".length());
        codes.put(code, JSON.readValue(exchange.getRequestBody(), new TypeReference<>() {}));
        TestIssuer.send(exchange, 200, "{}");
    }

    private void device(HttpExchange exchange) throws IOException {
        var form = form(exchange);
        TestIssuer.send(
                exchange,
                200,
                "{\"device_code\":\"device-%1$s\",\"user_code\":\"%1$s\",\"verification_uri\":\"%2$s/type\",\"expires_in\":60,\"interval\":1}"
                        .formatted(form.getOrDefault("code_challenge", "").substring(0, 8), url()));
    }

    private void token(HttpExchange exchange) throws IOException {
        var form = form(exchange);
        var secret = Base64.getEncoder().encodeToString("longshore:a+secret%3A+of+the+test".getBytes(UTF_8));
        var code = form.getOrDefault("code", form.getOrDefault("device_code", ""));
        var isDevice = form.containsKey("device_code");
        if (!("Basic " + secret).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            TestIssuer.send(exchange, 401, "{\"error\":\"invalid_client\"}");
        } else if (!codes.containsKey(code)) {
            TestIssuer.send(
                    exchange,
                    400,
                    "{\"error\":\"%s\"}".formatted(isDevice ? "authorization_pending" : "invalid_grant"));
        } else {
            var said = codes.remove(code);
            var challenge = said.remove("challenge");
            if (!isDevice && !challenge(form.getOrDefault("code_verifier", "")).equals(challenge)) {
                TestIssuer.send(exchange, 400, "{\"error\":\"invalid_grant\"}");
            } else {
                var idToken = TestIssuer.sign(issuer.claims(said), key);
                TestIssuer.send(exchange, 200, "{\"id_token\":\"%s\",\"token_type\":\"Bearer\"}".formatted(idToken));
            }
        }
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        return Arrays.stream(body.split("&"))
                .map(field -> field.split("=", 2))
                .collect(toMap(field -> field[0], field -> URLDecoder.decode(field[1], UTF_8)));
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
