package dev.longshore.push.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.events.WebhookEvent;
import dev.longshore.events.WebhookEvent.Unrecognized;
import dev.longshore.events.WebhookEvent.WebhookReceived;
import dev.longshore.kit.event.Received;
import dev.longshore.kit.event.UnreadableRecordException;
import dev.longshore.kit.inbox.Consumption;
import dev.longshore.kit.inbox.Inbox;
import dev.longshore.push.domain.Heard;
import dev.longshore.push.postgres.Deliveries;
import dev.longshore.push.postgres.Delivery;
import dev.longshore.push.registry.NotificationParsers;
import dev.longshore.push.task.PushMetrics;
import dev.longshore.registries.ParsedNotifications;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/** Takes notifications for what they are: hints. The registry is asked later, by a task. */
@ApplicationScoped
class WebhookConsumer {

    private static final String CONSUMER = "webhooks";

    private final Consumption consumption;
    private final Mutiny.SessionFactory sessions;
    private final Inbox inbox;
    private final Deliveries deliveries;
    private final TakeDelivery takeDelivery;
    private final PushMetrics metrics;

    WebhookConsumer(
            Consumption consumption,
            Mutiny.SessionFactory sessions,
            Inbox inbox,
            Deliveries deliveries,
            TakeDelivery takeDelivery,
            PushMetrics metrics) {
        this.consumption = consumption;
        this.sessions = sessions;
        this.inbox = inbox;
        this.deliveries = deliveries;
        this.takeDelivery = takeDelivery;
        this.metrics = metrics;
    }

    @Incoming("webhooks")
    Uni<Void> consume(ConsumerRecord<String, String> message) {
        return consumption.handle(message, WebhookEvent.class, this::take);
    }

    private Uni<Void> take(Received<WebhookEvent> received) {
        return received.event()
                .map(event -> switch (event) {
                    case WebhookReceived webhook -> take(received.id(), webhook);
                    case Unrecognized _ -> Uni.createFrom().voidItem();
                })
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Uni<Void> take(UUID event, WebhookReceived webhook) {
        var delivery = new Delivery(webhook.delivery(), webhook.project(), webhook.registry(), webhook.receivedAt());
        return NotificationParsers.of(webhook.vendor())
                .map(parser -> take(event, delivery, parser.apply(webhook.body().getBytes(UTF_8))))
                .orElseGet(() -> reject(delivery, webhook.vendor()));
    }

    private Uni<Void> take(UUID event, Delivery delivery, ParsedNotifications parsed) {
        var heard = Heard.in(parsed.notifications(), delivery.receivedAt());
        return sessions.withTransaction((session, _) -> inbox.isNew(session, CONSUMER, event)
                        .call(isNew -> isNew
                                ? takeDelivery.take(session, delivery, parsed, heard)
                                : Uni.createFrom().voidItem()))
                .invoke(isNew -> {
                    if (isNew) {
                        count(delivery.registry(), parsed, heard);
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> reject(Delivery delivery, String vendor) {
        var reason = "Nobody here understands the notifications of the vendor '%s'".formatted(vendor);
        return deliveries.reject(delivery, reason).invoke(() -> {
            throw new UnreadableRecordException(reason, null);
        });
    }

    private void count(String registry, ParsedNotifications parsed, Heard heard) {
        heard.hints().forEach(hint -> metrics.heard(registry, hint.action().toString(), "hint", 1));
        metrics.heard(registry, "delete", "hint", heard.removedRepositories().size());
        metrics.heard(registry, "pull", "pull", heard.pulls().size());
        metrics.heard(registry, "pull", "ignored", heard.ignored());
        metrics.heard(registry, "any", "skipped", parsed.skipped());
        metrics.heard(registry, "any", "unusable", parsed.unusable().size());
    }
}
