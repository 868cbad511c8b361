package dev.longshore.gateway.proxy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.longshore.gateway.access.domain.Access;
import dev.longshore.gateway.access.domain.PermissionTable;
import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.gateway.proxy.domain.Service;
import io.quarkus.runtime.Startup;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Set;

/**
 * Tokens that tell one service who asks, from where, through which session. Short-lived and for that service alone; the
 * caller's own token stays here.
 */
@Startup
@ApplicationScoped
public class InternalTokens {

    private static final String ISSUER = "longshore-gateway";
    private static final int KEPT = 10_000;

    private final SigningKey key;
    private final ProxyConfig config;
    private final SecureRandom random = new SecureRandom();
    private final Clock clock = Clock.systemUTC();
    private final Cache<For, String> tokens;

    private record For(
            Identity identity, Service service, String address, Set<String> visible, Set<String> permitted) {}

    InternalTokens(ProxyConfig config) {
        this.key = SigningKey.read(config.signingKey());
        this.config = config;
        this.tokens = Caffeine.newBuilder()
                .expireAfterWrite(config.tokenReuse())
                .maximumSize(KEPT)
                .build();
    }

    /**
     * For one request to a service, or for the same asked again: it says in which projects that may be done, and which
     * may be seen.
     *
     * @param path with or without a query
     */
    String token(Identity identity, Service service, String address, HttpMethod method, String path) {
        var end = path.indexOf('?');
        var operation = PermissionTable.find(method.name(), end < 0 ? path : path.substring(0, end))
                .orElseThrow(() -> new IllegalArgumentException("No permission covers " + method + " " + path));
        var access = Access.to(operation, identity.grants());
        return tokens.get(new For(identity, service, address, access.visible(), access.permitted()), this::make);
    }

    private String make(For asked) {
        var now = clock.instant();
        return Jwt.issuer(ISSUER)
                .subject(asked.identity().name())
                .audience(asked.service().toString())
                .claim("addr", asked.address())
                .claim("visible", asked.visible())
                .claim("permitted", asked.permitted())
                .claim("jti", asked.identity().id() + ":" + HexFormat.of().toHexDigits(random.nextInt()))
                .issuedAt(now)
                .expiresAt(now.plus(config.tokenLifetime()))
                .jws()
                .algorithm(SignatureAlgorithm.ES256)
                .keyId(key.id())
                .sign(key.key());
    }
}
