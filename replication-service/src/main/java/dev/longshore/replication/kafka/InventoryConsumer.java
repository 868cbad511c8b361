package dev.longshore.replication.kafka;

import dev.longshore.events.InventoryEvent;
import dev.longshore.events.InventoryEvent.ManifestRecorded;
import dev.longshore.events.InventoryEvent.TagRecorded;
import dev.longshore.events.InventoryEvent.Unrecognized;
import dev.longshore.kit.event.Received;
import dev.longshore.kit.inbox.Consumption;
import dev.longshore.replication.plan.PlanCopies;
import dev.longshore.replication.postgres.Inventory;
import dev.longshore.replication.postgres.PlanningLocks;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/** Keeps tags and manifests, and plans copies when a tag moves or a referrer appears. */
@ApplicationScoped
class InventoryConsumer {

    private final Consumption consumption;
    private final PlanningLocks locks;
    private final Inventory inventory;
    private final PlanCopies planCopies;

    InventoryConsumer(Consumption consumption, PlanningLocks locks, Inventory inventory, PlanCopies planCopies) {
        this.consumption = consumption;
        this.locks = locks;
        this.inventory = inventory;
        this.planCopies = planCopies;
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
        return locks.forRepository(session, event.registry(), event.repository())
                .chain(() -> store(session, event));
    }

    private Uni<Void> store(Mutiny.Session session, InventoryEvent event) {
        return switch (event) {
            case TagRecorded tag ->
                inventory
                        .put(session, tag)
                        .chain(() -> planCopies.onTag(session, tag.registry(), tag.repository(), tag.tag()));
            case ManifestRecorded manifest -> recorded(session, manifest);
            case Unrecognized _ -> Uni.createFrom().voidItem();
        };
    }

    private Uni<Void> recorded(Mutiny.Session session, ManifestRecorded manifest) {
        var stored = inventory.put(session, manifest);
        return manifest.subjectDigest() == null
                ? stored
                : stored.chain(() ->
                        planCopies.onManifest(session, manifest.registry(), manifest.repository(), manifest.digest()));
    }
}
