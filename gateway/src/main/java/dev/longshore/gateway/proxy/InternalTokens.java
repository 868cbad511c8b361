package dev.longshore.gateway.proxy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.longshore.gateway.proxy.domain.Service;
import dev.longshore.gateway.session.domain.OpenSession;
import io.quarkus.runtime.Startup;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;

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

    private record For(OpenSession session, Service service, String address) {}

    InternalTokens(ProxyConfig config) {
        this.key = SigningKey.read(config.signingKey());
        this.config = config;
        this.tokens = Caffeine.newBuilder()
                .expireAfterWrite(config.tokenReuse())
                .maximumSize(KEPT)
                .build();
    }

    String token(OpenSession session, Service service, String address) {
        return tokens.get(new For(session, service, address), this::make);
    }

    private String make(For asked) {
        var now = clock.instant();
        return Jwt.issuer(ISSUER)
                .subject(asked.session().username())
                .groups(asked.session().role())
                .audience(asked.service().toString())
                .claim("addr", asked.address())
                .claim("project", asked.session().project())
                .claim("jti", asked.session().id() + ":" + HexFormat.of().toHexDigits(random.nextInt()))
                .issuedAt(now)
                .expiresAt(now.plus(config.tokenLifetime()))
                .jws()
                .algorithm(SignatureAlgorithm.ES256)
                .keyId(key.id())
                .sign(key.key());
    }
}
