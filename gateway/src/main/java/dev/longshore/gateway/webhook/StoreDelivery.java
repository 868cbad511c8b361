package dev.longshore.gateway.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.events.WebhookEvent.WebhookReceived;
import dev.longshore.gateway.webhook.domain.Delivery;
import dev.longshore.gateway.webhook.domain.DeliveryState;
import dev.longshore.gateway.webhook.postgres.Deliveries;
import dev.longshore.kit.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Stores a delivery and, if it is of use, its event in the outbox: both or neither. */
@ApplicationScoped
class StoreDelivery {

    private final Mutiny.SessionFactory database;
    private final Deliveries deliveries;
    private final Outbox outbox;

    StoreDelivery(Mutiny.SessionFactory database, Deliveries deliveries, Outbox outbox) {
        this.database = database;
        this.deliveries = deliveries;
        this.outbox = outbox;
    }

    /** Emits the delivery once it is committed. */
    Uni<Delivery> store(Delivery delivery) {
        return database.withTransaction((transaction, _) ->
                        deliveries.store(transaction, delivery).chain(() -> announce(transaction, delivery)))
                .replaceWith(delivery);
    }

    private Uni<Void> announce(Mutiny.Session transaction, Delivery delivery) {
        return delivery.state() == DeliveryState.RECEIVED
                ? outbox.append(transaction, event(delivery))
                : Uni.createFrom().voidItem();
    }

    static WebhookReceived event(Delivery delivery) {
        return new WebhookReceived(
                delivery.project(),
                delivery.registry(),
                delivery.vendor(),
                delivery.id(),
                delivery.headers(),
                new String(delivery.body(), UTF_8),
                delivery.receivedAt());
    }
}
