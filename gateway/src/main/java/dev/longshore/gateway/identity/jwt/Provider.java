package dev.longshore.gateway.identity.jwt;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;

/**
 * What an issuer says of itself, and its keys.
 *
 * @param document its discovery document
 */
public record Provider(Document document, List<JsonWebKey> keys, Instant readAt) {

    /** Of the discovery document what is used here. */
    public record Document(
            String issuer,
            URI keys,
            Optional<URI> authorization,
            Optional<URI> token,
            Optional<URI> deviceAuthorization) {}

    boolean knows(Optional<String> keyId) {
        return keyId.isEmpty() || keys.stream().anyMatch(key -> keyId.get().equals(key.getKeyId()));
    }
}
