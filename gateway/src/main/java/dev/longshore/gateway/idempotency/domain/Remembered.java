package dev.longshore.gateway.idempotency.domain;

import java.util.Map;
import java.util.Optional;

/**
 * What is known of a request that was sent with a key.
 *
 * @param operation its method, path and query
 * @param answered empty while it is being done, and where nobody knows whether it was
 */
public record Remembered(String operation, Optional<Answered> answered) {

    /**
     * @param fingerprint of the request's body
     * @param headers those that an answer cannot do without
     */
    public record Answered(String fingerprint, int status, Map<String, String> headers, byte[] body) {}
}
