package dev.longshore.gateway.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Signs tokens as a platform does for its workloads, and publishes its keys. */
public final class TestIssuer implements AutoCloseable {

    private final HttpServer server;
    private final List<PublicJsonWebKey> keys = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean isAway;

    public TestIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/.well-known/openid-configuration", exchange -> {
            asked.incrementAndGet();
            answer(exchange, "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"%s}".formatted(url(), url(), endpoints()));
        });
        server.createContext("/keys", exchange -> answer(exchange, jwks()));
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** As of a provider at which people sign in: see {@link TestProvider}. */
    String endpoints() {
        return ",\"authorization_endpoint\":\"%1$s/auth\",\"token_endpoint\":\"%1$s/token\",\"device_authorization_endpoint\":\"%1$s/device\""
                .formatted(url());
    }

    HttpServer server() {
        return server;
    }

    public int timesAsked() {
        return asked.get();
    }

    public void goAway(boolean away) {
        isAway = away;
    }

    public PublicJsonWebKey addKey(String algorithm) {
        var key = newKey(algorithm);
        keys.add(key);
        return key;
    }

    public void removeKey(PublicJsonWebKey key) {
        keys.remove(key);
    }

    /** One that it does not publish. */
    public static PublicJsonWebKey newKey(String algorithm) {
        try {
            var key = switch (algorithm.substring(0, 2)) {
                case "RS", "PS" -> RsaJwkGenerator.generateJwk(2048);
                case "ES" ->
                    EcJwkGenerator.generateJwk(algorithm.equals("ES384") ? EllipticCurves.P384 : EllipticCurves.P256);
                default -> OkpJwkGenerator.generateJwk("Ed25519");
            };
            key.setKeyId(UUID.randomUUID().toString());
            key.setAlgorithm(algorithm);
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Good for five minutes from now, but for what is said otherwise. */
    public JwtClaims claims(Map<String, Object> others) {
        var claims = new JwtClaims();
        claims.setIssuer(url());
        claims.setIssuedAtToNow();
        claims.setNotBeforeMinutesInThePast(0);
        claims.setExpirationTimeMinutesInTheFuture(5);
        claims.setGeneratedJwtId();
        others.forEach(claims::setClaim);
        return claims;
    }

    public static String sign(JwtClaims claims, PublicJsonWebKey key) {
        try {
            var signature = new JsonWebSignature();
            signature.setPayload(claims.toJson());
            signature.setAlgorithmHeaderValue(key.getAlgorithm());
            signature.setKeyIdHeaderValue(key.getKeyId());
            signature.setKey(key.getPrivateKey());
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private String jwks() {
        return new JsonWebKeySet(new ArrayList<>(keys)).toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            var bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private void answer(HttpExchange exchange, String body) throws IOException {
        try (exchange) {
            var bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(isAway ? 503 : 200, isAway ? -1 : bytes.length);
            if (!isAway) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }
}
