package dev.longshore.gateway.webhook.domain;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A notification as it came.
 *
 * @param id time-ordered, so that ids sort as deliveries came
 * @param uselessness why it failed; empty for one that was received
 * @param headers lower-case names, secrets left out
 * @param body all of it if it was received; else its beginning
 * @param size of the body as it came, as far as it was read
 */
public record Delivery(
        String id,
        String project,
        String registry,
        String vendor,
        Optional<Uselessness> uselessness,
        Map<String, String> headers,
        byte[] body,
        long size,
        String address,
        String traceId,
        Instant receivedAt) {

    public DeliveryState state() {
        return uselessness.isEmpty() ? DeliveryState.RECEIVED : DeliveryState.FAILED;
    }

    /** Whether all of the body was kept. */
    public boolean isWhole() {
        return body.length == size;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Delivery delivery && id.equals(delivery.id) && Arrays.equals(body, delivery.body);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "Delivery " + id + " of " + registry;
    }
}
