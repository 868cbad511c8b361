package dev.longshore.push.kafka;

import dev.longshore.events.DecisionEvent;
import dev.longshore.events.DecisionEvent.ImageDecided;
import dev.longshore.events.DecisionEvent.Unrecognized;
import dev.longshore.kit.event.Received;
import dev.longshore.kit.inbox.Consumption;
import dev.longshore.kit.projection.Projections;
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
    private final Mutiny.SessionFactory sessions;
    private final Projections projections;
    private final Decisions decisions;

    DecisionConsumer(
            Consumption consumption, Mutiny.SessionFactory sessions, Projections projections, Decisions decisions) {
        this.consumption = consumption;
        this.sessions = sessions;
        this.projections = projections;
        this.decisions = decisions;
    }

    @Incoming("decisions")
    Uni<Void> consume(ConsumerRecord<String, String> message) {
        return consumption.handle(
                message,
                DecisionEvent.class,
                received -> sessions.withTransaction(
                        (session, _) -> projections.apply(session, message, () -> apply(session, received))));
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
