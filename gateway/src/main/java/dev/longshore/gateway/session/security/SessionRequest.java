package dev.longshore.gateway.session.security;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** Asks who a bearer token belongs to. */
final class SessionRequest extends BaseAuthenticationRequest {

    private final String token;

    SessionRequest(String token) {
        this.token = token;
    }

    String token() {
        return token;
    }
}
