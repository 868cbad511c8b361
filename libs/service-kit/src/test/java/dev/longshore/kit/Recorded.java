package dev.longshore.kit;

import dev.longshore.events.ConfigEvent;
import dev.longshore.kit.event.Received;
import dev.longshore.kit.inbox.Consumption;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** What the kit's machinery did, for its tests. */
@Singleton
class Recorded {

    final List<String> projected = new CopyOnWriteArrayList<>();
    /** Keys whose records cannot be applied at present. */
    final Set<String> refused = ConcurrentHashMap.newKeySet();

    private final Consumption consumption;

    Recorded(Consumption consumption) {
        this.consumption = consumption;
    }

    @Incoming("config")
    Uni<Void> consume(ConsumerRecord<String, String> message) {
        return consumption.project(message, ConfigEvent.class, (_, received) -> project(received));
    }

    private Uni<Void> project(Received<ConfigEvent> received) {
        if (refused.contains(received.key())
                || received.event()
                        .filter(ConfigEvent.Unrecognized.class::isInstance)
                        .isPresent()) {
            return Uni.createFrom().failure(new IllegalStateException("refused by the test"));
        }
        projected.add(received.key()
                + received.event().map(event -> "@" + event.version()).orElse(" removed"));
        return Uni.createFrom().voidItem();
    }
}
