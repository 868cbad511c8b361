package dev.longshore.retention.kafka;

import dev.longshore.events.InventoryEvent;
import dev.longshore.events.InventoryEvent.ManifestRecorded;
import dev.longshore.events.InventoryEvent.TagRecorded;
import dev.longshore.events.InventoryEvent.Unrecognized;
import dev.longshore.kit.event.Received;
import dev.longshore.kit.inbox.Consumption;
import dev.longshore.retention.postgres.Inventory;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/** Keeps tags and manifests. */
@ApplicationScoped
class InventoryConsumer {

    private final Consumption consumption;
    private final Inventory inventory;

    InventoryConsumer(Consumption consumption, Inventory inventory) {
        this.consumption = consumption;
        this.inventory = inventory;
    }

    @Incoming("inventory")
    Uni<Void> consume(ConsumerRecord<String, String> message) {
        return consumption.project(message, InventoryEvent.class, this::apply);
    }

    private Uni<Void> apply(Mutiny.Session session, Received<InventoryEvent> received) {
        return received.event()
                .map(event -> recorded(session, event))
                .or(() -> InventoryEvent.named(received.key()).map(gone -> inventory.remove(session, gone)))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Uni<Void> recorded(Mutiny.Session session, InventoryEvent event) {
        return switch (event) {
            case TagRecorded tag -> inventory.put(session, tag);
            case ManifestRecorded manifest -> inventory.put(session, manifest);
            case Unrecognized _ -> Uni.createFrom().voidItem();
        };
    }
}
