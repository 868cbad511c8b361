package dev.longshore.retention.kafka;

import dev.longshore.events.InventoryEvent;
import dev.longshore.events.InventoryEvent.ManifestRecorded;
import dev.longshore.events.InventoryEvent.TagRecorded;
import dev.longshore.events.InventoryEvent.Unrecognized;
import dev.longshore.kit.event.Received;
import dev.longshore.kit.inbox.Consumption;
import dev.longshore.kit.projection.Projections;
import dev.longshore.oci.ImageReference;
import dev.longshore.retention.postgres.Inventory;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/** Keeps tags and manifests. */
@ApplicationScoped
class InventoryConsumer {

    private static final String MANIFEST = "manifest/";
    private static final String TAG = "tag/";

    private final Consumption consumption;
    private final Projections projections;
    private final Mutiny.SessionFactory sessions;
    private final Inventory inventory;

    InventoryConsumer(
            Consumption consumption, Projections projections, Mutiny.SessionFactory sessions, Inventory inventory) {
        this.consumption = consumption;
        this.projections = projections;
        this.sessions = sessions;
        this.inventory = inventory;
    }

    @Incoming("inventory")
    Uni<Void> consume(ConsumerRecord<String, String> message) {
        return consumption.handle(
                message,
                InventoryEvent.class,
                received -> sessions.withTransaction(
                        (session, _) -> projections.apply(session, message, () -> apply(session, received))));
    }

    private Uni<Void> apply(Mutiny.Session session, Received<InventoryEvent> received) {
        return received.event()
                .map(event -> recorded(session, event))
                .orElseGet(() -> removed(session, received.key()));
    }

    private Uni<Void> recorded(Mutiny.Session session, InventoryEvent event) {
        return switch (event) {
            case TagRecorded tag -> inventory.put(session, tag);
            case ManifestRecorded manifest -> inventory.put(session, manifest);
            case Unrecognized _ -> Uni.createFrom().voidItem();
        };
    }

    private Uni<Void> removed(Mutiny.Session session, String key) {
        if (key.startsWith(TAG)) {
            return inventory.removeTag(session, ImageReference.parse(key.substring(TAG.length())));
        }
        return key.startsWith(MANIFEST)
                ? inventory.removeManifest(session, ImageReference.parse(key.substring(MANIFEST.length())))
                : Uni.createFrom().voidItem();
    }
}
