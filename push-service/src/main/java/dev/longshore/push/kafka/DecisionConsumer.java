package dev.longshore.push.kafka;

import dev.longshore.events.DecisionEvent;
import dev.longshore.events.DecisionEvent.ImageDecided;
import dev.longshore.events.DecisionEvent.Unrecognized;
import dev.longshore.kit.event.Received;
import dev.longshore.kit.inbox.Consumption;
import dev.longshore.push.postgres.Decisions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/** Keeps the service's copy of the decisions. */
@ApplicationScoped
class DecisionConsumer {

    private final Consumption consumption;
    private final Decisions decisions;

    DecisionConsumer(Consumption consumption, Decisions decisions) {
        this.consumption = consumption;
        this.decisions = decisions;
    }

    @Incoming("decisions")
    Uni<Void> consume(ConsumerRecord<String, String> message) {
        return consumption.project(message, DecisionEvent.class, this::apply);
    }

    private Uni<Void> apply(Mutiny.Session session, Received<DecisionEvent> received) {
        return received.event()
                .map(event -> switch (event) {
                    case ImageDecided decided -> decisions.put(session, decided);
                    case Unrecognized _ -> Uni.createFrom().voidItem();
                })
                .orElseGet(() -> decisions.remove(session, received.key()));
    }
}
