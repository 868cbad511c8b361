package dev.longshore.replication.kafka;

import dev.longshore.events.DecisionEvent;
import dev.longshore.events.DecisionEvent.ImageDecided;
import dev.longshore.events.DecisionEvent.Unrecognized;
import dev.longshore.kit.event.Received;
import dev.longshore.kit.inbox.Consumption;
import dev.longshore.oci.ImageReference;
import dev.longshore.oci.Reference;
import dev.longshore.replication.plan.PlanCopies;
import dev.longshore.replication.postgres.Decisions;
import dev.longshore.replication.postgres.PlanningLocks;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/** Keeps decisions, and plans the copies that they allow. */
@ApplicationScoped
class DecisionConsumer {

    private final Consumption consumption;
    private final PlanningLocks locks;
    private final Decisions decisions;
    private final PlanCopies planCopies;

    DecisionConsumer(Consumption consumption, PlanningLocks locks, Decisions decisions, PlanCopies planCopies) {
        this.consumption = consumption;
        this.locks = locks;
        this.decisions = decisions;
        this.planCopies = planCopies;
    }

    @Incoming("decisions")
    Uni<Void> consume(ConsumerRecord<String, String> message) {
        return consumption.project(message, DecisionEvent.class, this::apply);
    }

    private Uni<Void> apply(Mutiny.Session session, Received<DecisionEvent> received) {
        return received.event().map(event -> decided(session, event)).orElseGet(() -> removed(session, received.key()));
    }

    private Uni<Void> decided(Mutiny.Session session, DecisionEvent event) {
        return switch (event) {
            case ImageDecided decision ->
                locks.forRepository(session, decision.registry(), decision.repository())
                        .chain(() -> decisions.put(session, decision))
                        .chain(() -> planCopies.onDecision(
                                session, decision.registry(), decision.repository(), decision.digest()));
            case Unrecognized _ -> Uni.createFrom().voidItem();
        };
    }

    private Uni<Void> removed(Mutiny.Session session, String key) {
        return ImageReference.parse(key)
                        instanceof ImageReference(var registry, Reference.Pinned(var repository, var digest))
                ? decisions.remove(session, registry, repository, digest)
                : Uni.createFrom().voidItem();
    }
}
