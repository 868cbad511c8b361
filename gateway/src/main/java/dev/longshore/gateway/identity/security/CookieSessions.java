package dev.longshore.gateway.identity.security;

import dev.longshore.gateway.identity.OidcConfig;
import dev.longshore.gateway.identity.domain.SessionCookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Sessions that browsers keep in a cookie. Browsers send it whoever made them ask; so a change is taken only from pages of
 * this site, as the browser says itself.
 */
@ApplicationScoped
class CookieSessions {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final String publicOrigin;

    CookieSessions(OidcConfig config) {
        this.publicOrigin = origin(config.publicUrl());
    }

    /** The session's token, if there is one. */
    Optional<String> token(HttpServerRequest request) {
        return Optional.ofNullable(request.getCookie(SessionCookie.NAME)).map(cookie -> cookie.getValue());
    }

    /** Whether the request can be what its sender wanted, not what another site made their browser send. */
    boolean isMeant(HttpServerRequest request) {
        if (SAFE.contains(request.method().name())) {
            return true;
        }
        var site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin");
        }
        // Browsers that do not say so name the page's origin, with each change.
        return Optional.ofNullable(request.getHeader("Origin"))
                .filter(publicOrigin::equals)
                .isPresent();
    }

    private static String origin(URI url) {
        return "%s://%s%s".formatted(url.getScheme(), url.getHost(), url.getPort() < 0 ? "" : ":" + url.getPort());
    }
}
