package dev.longshore.gateway.webhook;

import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.events.AuditEvent.Result;
import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.gateway.webhook.domain.Delivery;
import dev.longshore.gateway.webhook.domain.JsonText;
import dev.longshore.gateway.webhook.domain.Uselessness;
import dev.longshore.gateway.webhook.postgres.Deliveries;
import dev.longshore.gateway.webhook.postgres.WebhookRegistries;
import dev.longshore.kit.outbox.Outbox;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.kit.trace.TraceParent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;

/** Announces a stored notification once more: what it tells of is read from the registry again. */
@ApplicationScoped
public class ReplayDelivery {

    private final Mutiny.SessionFactory database;
    private final Deliveries deliveries;
    private final WebhookRegistries registries;
    private final Outbox outbox;
    private final Clock clock = Clock.systemUTC();

    ReplayDelivery(Mutiny.SessionFactory database, Deliveries deliveries, WebhookRegistries registries, Outbox outbox) {
        this.database = database;
        this.deliveries = deliveries;
        this.registries = registries;
        this.outbox = outbox;
    }

    /** Fails with a problem if there is none of this id, or nothing could be done with it. */
    public Uni<Delivery> replay(String id, Identity session, String address) {
        return find(id).call(this::check)
                .call(delivery -> announce(delivery, session, address))
                .chain(() -> find(id));
    }

    private Uni<Delivery> find(String id) {
        return deliveries
                .find(id)
                .map(found -> found.orElseThrow(() -> new ProblemException(
                        ErrorCode.NOT_FOUND, "There is no delivery of this id, or it is gone by now")));
    }

    private Uni<Void> check(Delivery delivery) {
        if (!delivery.isWhole() || JsonText.of(delivery.body()).isEmpty()) {
            throw new ProblemException(
                    ErrorCode.CONFLICT,
                    "Nothing can be made of this notification. "
                            + delivery.uselessness().map(Uselessness::detail).orElse("Its body was not kept"));
        }
        return registries
                .find(delivery.registry())
                .map(found -> found.filter(registry -> registry.deletedAt().isEmpty())
                        .orElseThrow(() -> new ProblemException(
                                ErrorCode.CONFLICT,
                                "The registry '%s' is not registered: register it first"
                                        .formatted(delivery.registry()))))
                .replaceWithVoid();
    }

    private Uni<Void> announce(Delivery delivery, Identity session, String address) {
        return database.withTransaction((transaction, _) -> deliveries
                .isOfUse(transaction, delivery.id())
                .chain(() ->
                        outbox.append(transaction, StoreDelivery.event(delivery), audit(delivery, session, address))));
    }

    private AuditRecorded audit(Delivery delivery, Identity session, String address) {
        return new AuditRecorded(
                delivery.project(),
                session.name(),
                address,
                session.id(),
                "delivery.replayed",
                "deliveries/" + delivery.id(),
                Result.SUCCEEDED,
                null,
                null,
                Map.of(
                        "registry",
                        delivery.registry(),
                        "receivedAt",
                        delivery.receivedAt().toString()),
                TraceParent.traceId().orElse(null),
                clock.instant());
    }
}
