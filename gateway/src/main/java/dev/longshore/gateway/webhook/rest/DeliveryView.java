package dev.longshore.gateway.webhook.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.gateway.webhook.domain.Delivery;
import dev.longshore.gateway.webhook.domain.DeliveryState;
import dev.longshore.gateway.webhook.domain.Uselessness;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A delivery for people to see.
 *
 * @param size of the body as it came
 * @param outcome what became of it, as push-service says: {@code pending}, {@code done}, {@code failed} or
 *     {@code rejected}; left out while it is not known
 * @param reasons why it failed or was rejected
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
        @Nullable String outcome,
        @Nullable List<String> reasons,
        @Nullable Map<String, String> headers,
        @Nullable String body) {

    static DeliveryView listed(Delivery delivery, @Nullable JsonNode outcome) {
        return of(delivery, outcome, null, null);
    }

    static DeliveryView whole(Delivery delivery, @Nullable JsonNode outcome) {
        return of(delivery, outcome, delivery.headers(), new String(delivery.body(), UTF_8));
    }

    private static List<String> reasons(JsonNode outcome) {
        return StreamSupport.stream(outcome.path("reasons").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static DeliveryView of(
            Delivery delivery,
            @Nullable JsonNode outcome,
            @Nullable Map<String, String> headers,
            @Nullable String body) {
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
                outcome == null ? null : outcome.path("state").asText(),
                outcome == null || outcome.path("reasons").isEmpty() ? null : reasons(outcome),
                headers,
                body);
    }
}
