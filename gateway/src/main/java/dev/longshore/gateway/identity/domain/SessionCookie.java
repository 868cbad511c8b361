package dev.longshore.gateway.identity.domain;

import java.time.Duration;

/**
 * Cookies of ours. The prefix makes browsers take them only by TLS, and keep them for this host alone (RFC 6265bis,
 * section 4.1.3.2); scripts do not see them, and other sites' forms do not send them.
 */
public final class SessionCookie {

    public static final String NAME = "__Host-longshore-session";

    private SessionCookie() {}

    public static String of(String token, Duration lifetime) {
        return with(NAME, token, lifetime);
    }

    public static String gone(String name) {
        return with(name, "", Duration.ZERO);
    }

    public static String with(String name, String value, Duration lifetime) {
        return "%s=%s; Path=/; Max-Age=%d; Secure; HttpOnly; SameSite=Lax".formatted(name, value, lifetime.toSeconds());
    }
}
