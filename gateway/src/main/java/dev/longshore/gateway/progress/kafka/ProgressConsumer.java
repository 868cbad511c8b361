package dev.longshore.gateway.progress.kafka;

import dev.longshore.events.ProgressEvent;
import dev.longshore.events.ProgressEvent.ProgressReported;
import dev.longshore.gateway.progress.ProgressHub;
import dev.longshore.kit.event.Received;
import dev.longshore.kit.inbox.Consumption;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hears all of {@code longshore.progress}, in a consumer group of this process alone, from now on. */
@ApplicationScoped
class ProgressConsumer {

    private final Consumption consumption;
    private final ProgressHub hub;

    ProgressConsumer(Consumption consumption, ProgressHub hub) {
        this.consumption = consumption;
        this.hub = hub;
    }

    @Incoming("progress")
    Uni<Void> consume(ConsumerRecord<String, String> message) {
        return consumption.handle(message, ProgressEvent.class, this::report);
    }

    private Uni<Void> report(Received<ProgressEvent> received) {
        if (received.event().orElse(null) instanceof ProgressReported event) {
            hub.report(event);
        }
        return Uni.createFrom().voidItem();
    }
}
