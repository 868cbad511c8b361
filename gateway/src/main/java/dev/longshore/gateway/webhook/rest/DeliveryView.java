package dev.longshore.gateway.webhook.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longshore.gateway.webhook.domain.Delivery;
import dev.longshore.gateway.webhook.domain.DeliveryState;
import dev.longshore.gateway.webhook.domain.Uselessness;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A delivery for people to see.
 *
 * @param size of the body as it came
 * @param body left out of lists; of a failed delivery only the beginning
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeliveryView(
        String id,
        String project,
        String registry,
        String vendor,
        DeliveryState state,
        @Nullable Uselessness reason,
        @Nullable String detail,
        Instant receivedAt,
        String address,
        long size,
        @Nullable String traceId,
        @Nullable Map<String, String> headers,
        @Nullable String body) {

    static DeliveryView listed(Delivery delivery) {
        return of(delivery, null, null);
    }

    static DeliveryView whole(Delivery delivery) {
        return of(delivery, delivery.headers(), new String(delivery.body(), UTF_8));
    }

    private static DeliveryView of(Delivery delivery, @Nullable Map<String, String> headers, @Nullable String body) {
        return new DeliveryView(
                delivery.id(),
                delivery.project(),
                delivery.registry(),
                delivery.vendor(),
                delivery.state(),
                delivery.uselessness().orElse(null),
                delivery.uselessness().map(Uselessness::detail).orElse(null),
                delivery.receivedAt(),
                delivery.address(),
                delivery.size(),
                delivery.traceId().isEmpty() ? null : delivery.traceId(),
                headers,
                body);
    }
}
