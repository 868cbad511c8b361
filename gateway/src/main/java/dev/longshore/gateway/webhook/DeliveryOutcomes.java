package dev.longshore.gateway.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.gateway.proxy.ServiceQuestions;
import dev.longshore.gateway.proxy.domain.Service;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** What became of notifications: push-service knows. While it is away they are shown without. */
@ApplicationScoped
public class DeliveryOutcomes {

    private static final Logger LOG = Logger.getLogger(DeliveryOutcomes.class);

    private final ServiceQuestions questions;

    DeliveryOutcomes(ServiceQuestions questions) {
        this.questions = questions;
    }

    /** By the delivery's id; those that were not looked at yet are left out. Never fails. */
    public Uni<Map<String, JsonNode>> of(List<String> deliveries, Identity session, String address) {
        if (deliveries.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        var query = deliveries.stream().collect(Collectors.joining("&delivery=", "?delivery=", ""));
        return questions
                .get(Service.PUSH, "/api/v1/delivery-outcomes" + query, session, address)
                .map(DeliveryOutcomes::byDelivery)
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.debugf("Deliveries are shown without what became of them: %s", failure);
                    return Map.of();
                });
    }

    private static Map<String, JsonNode> byDelivery(JsonNode page) {
        var outcomes = new HashMap<String, JsonNode>();
        page.path("items").forEach(each -> outcomes.put(each.path("delivery").asText(), each));
        return outcomes;
    }
}
