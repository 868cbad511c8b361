package dev.longshore.push.kafka;

import dev.longshore.events.RetentionEvent;
import dev.longshore.events.RetentionEvent.ImageRetired;
import dev.longshore.events.RetentionEvent.RetentionFailed;
import dev.longshore.events.RetentionEvent.RetentionPlanned;
import dev.longshore.events.RetentionEvent.Unrecognized;
import dev.longshore.kit.event.Received;
import dev.longshore.kit.inbox.Consumption;
import dev.longshore.oci.Reference;
import dev.longshore.push.domain.ResolveRequest;
import dev.longshore.push.task.Resolutions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Reads again what Longshore itself deleted: not every registry tells of deletions, and reconciling is minutes away. To
 * read twice does no harm.
 */
@ApplicationScoped
class RetentionConsumer {

    private final Consumption consumption;
    private final Mutiny.SessionFactory sessions;
    private final Resolutions resolutions;

    RetentionConsumer(Consumption consumption, Mutiny.SessionFactory sessions, Resolutions resolutions) {
        this.consumption = consumption;
        this.sessions = sessions;
        this.resolutions = resolutions;
    }

    @Incoming("retentions")
    Uni<Void> consume(ConsumerRecord<String, String> message) {
        return consumption.handle(message, RetentionEvent.class, this::take);
    }

    private Uni<Void> take(Received<RetentionEvent> received) {
        return received.event()
                .map(event -> switch (event) {
                    case ImageRetired retired -> readAgain(retired);
                    case RetentionPlanned _, RetentionFailed _, Unrecognized _ ->
                        Uni.createFrom().voidItem();
                })
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Uni<Void> readAgain(ImageRetired retired) {
        List<Reference> references = retired.manifestStays()
                ? retired.tags().stream()
                        .<Reference>map(tag -> new Reference.Tagged(retired.repository(), tag))
                        .toList()
                : List.of(new Reference.Pinned(retired.repository(), retired.digest()));
        var requests = references.stream()
                .map(reference -> new ResolveRequest(retired.registry(), reference))
                .toList();
        return sessions.withTransaction((session, _) -> resolutions.enqueue(session, retired.project(), requests));
    }
}
