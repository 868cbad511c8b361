package dev.longshore.gateway.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.longshore.gateway.access.domain.Access;
import dev.longshore.gateway.access.domain.PermissionTable;
import dev.longshore.gateway.audit.operation.Operations;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Tokens that tell one service who asks, from where, through which session. Short-lived and for that service alone; the
 * caller's own token stays here.
 */
@Startup
@ApplicationScoped
public class InternalTokenWriter {

    private static final String ISSUER = "longshore-gateway";
    private static final int KEPT = 10_000;

    private final SigningKeys keys;
    private final InternalTokensConfig config;
    private final SecureRandom random = new SecureRandom();
    private final Clock clock = Clock.systemUTC();
    private final Cache<For, String> tokens;

    private record For(
            Identity identity,
            Service service,
            String address,
            String operation,
            Set<String> visible,
            Set<String> permitted) {}

    InternalTokenWriter(SigningKeys keys, InternalTokensConfig config) {
        this.keys = keys;
        this.config = config;
        this.tokens = Caffeine.newBuilder()
                .expireAfterWrite(config.tokenReuse())
                .maximumSize(KEPT)
                .build();
    }

    /**
     * For one request to a service, or for the same read again: it says in which projects that may be done, and which
     * may be seen. It is for this method at this path: nothing else can be done with it.
     *
     * @param path with or without a query
     * @param kept id under which the trail knows that this was asked; a change without one gets no token
     */
    public String token(
            Identity identity, Service service, String address, HttpMethod method, String path, Optional<UUID> kept) {
        var access = access(identity, method, path);
        if (kept.isEmpty() && !access.operation().isSafe()) {
            throw new IllegalStateException("Not audited, so not done: " + method + " " + path);
        }
        var operation = method.name() + " " + plain(path);
        var asked = new For(identity, service, address, operation, access.visible(), access.permitted());
        return kept.map(id -> make(asked, Operations.token(identity, id)))
                .orElseGet(() -> tokens.get(asked, this::make));
    }

    /** What the table says of such a request. */
    public Access access(Identity identity, HttpMethod method, String path) {
        var operation = PermissionTable.find(method.name(), plain(path))
                .orElseThrow(() -> new IllegalArgumentException("No permission covers " + method + " " + path));
        return Access.to(operation, identity.grants());
    }

    private static String plain(String path) {
        var end = path.indexOf('?');
        return end < 0 ? path : path.substring(0, end);
    }

    private String make(For asked) {
        return make(asked, asked.identity().id() + ":" + HexFormat.of().toHexDigits(random.nextInt()));
    }

    private String make(For asked, String id) {
        var now = clock.instant();
        var key = keys.current();
        return Jwt.issuer(ISSUER)
                .subject(asked.identity().name())
                .audience(asked.service().toString())
                .claim("act", Map.of("sub", "gateway"))
                .claim("addr", asked.address())
                .claim("op", asked.operation())
                .claim("visible", asked.visible())
                .claim("permitted", asked.permitted())
                .claim("jti", id)
                .issuedAt(now)
                .expiresAt(now.plus(config.tokenLifetime()))
                .jws()
                .algorithm(SignatureAlgorithm.ES256)
                .keyId(key.id())
                .sign(key.key());
    }
}
