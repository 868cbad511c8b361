package dev.longshore.gateway.identity.security;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** Asks who a bearer token belongs to. */
final class BearerRequest extends BaseAuthenticationRequest {

    private final String token;

    BearerRequest(String token) {
        this.token = token;
    }

    String token() {
        return token;
    }
}
