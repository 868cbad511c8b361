package dev.longshore.scan.kafka;

import dev.longshore.events.InventoryEvent;
import dev.longshore.events.InventoryEvent.ManifestRecorded;
import dev.longshore.events.InventoryEvent.TagRecorded;
import dev.longshore.events.InventoryEvent.Unrecognized;
import dev.longshore.kit.event.Received;
import dev.longshore.kit.inbox.Consumption;
import dev.longshore.scan.postgres.Inventory;
import dev.longshore.scan.task.Requests;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/** Copies the inventory. Whatever changes in it lets the images that it concerns be decided upon, and so be scanned. */
@ApplicationScoped
class InventoryConsumer {

    private static final String DEFAULT_PROJECT = "default";

    private final Consumption consumption;
    private final Inventory inventory;
    private final Requests requests;

    InventoryConsumer(Consumption consumption, Inventory inventory, Requests requests) {
        this.consumption = consumption;
        this.inventory = inventory;
        this.requests = requests;
    }

    @Incoming("inventory")
    Uni<Void> consume(ConsumerRecord<String, String> message) {
        return consumption.project(message, InventoryEvent.class, this::store);
    }

    private Uni<Void> store(Mutiny.Session session, Received<InventoryEvent> received) {
        var project = received.event().map(InventoryEvent::project).orElse(DEFAULT_PROJECT);
        return received.event()
                .map(event -> put(session, event))
                .or(() -> InventoryEvent.named(received.key()).map(gone -> inventory.remove(session, gone)))
                .orElseGet(() -> Uni.createFrom().item(Set.of()))
                .chain(images -> requests.decide(session, project, images));
    }

    private Uni<Set<String>> put(Mutiny.Session session, InventoryEvent event) {
        return switch (event) {
            case ManifestRecorded manifest -> inventory.put(session, manifest);
            case TagRecorded tag -> inventory.put(session, tag);
            case Unrecognized _ -> Uni.createFrom().item(Set.of());
        };
    }
}
