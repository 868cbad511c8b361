package dev.longshore.gateway.identity.oidc.domain;

import java.time.Instant;

/**
 * A sign-in that has begun, as the browser (or the terminal) keeps it, sealed: so that no gateway has to remember it.
 *
 * @param secret the state of the browser's way back, or the device code
 * @param nonce what the provider has to put into the token; empty where there is none
 * @param wantsToken whether the answer is a token to read, not a cookie
 */
public record Begun(String secret, String nonce, String verifier, boolean wantsToken, Instant expiresAt) {

    @Override
    public String toString() {
        return "Begun until " + expiresAt;
    }
}
