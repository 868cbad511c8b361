package dev.longshore.events;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * What one service tells the others: the {@code data} of a CloudEvent. The envelope (id, source, time) is added by the
 * outbox; topic, key and subject follow from the record.
 */
public sealed interface Event
        permits AuditEvent,
                ConfigEvent,
                DecisionEvent,
                ImageEvent,
                InventoryEvent,
                LimitEvent,
                ProgressEvent,
                ReplicationEvent,
                RetentionEvent,
                ScanEvent,
                WebhookEvent {

    /** Project that the subject belongs to; {@code default} if nobody said. */
    String project();

    @JsonIgnore
    Topic topic();

    /** The Kafka key: order is promised per key and nowhere else. */
    @JsonIgnore
    String key();

    /** The CloudEvents {@code subject}: what the event is about, as the API names it. */
    @JsonIgnore
    default String subject() {
        return key();
    }

    /** The CloudEvents {@code type} of this record. */
    @JsonIgnore
    default String type() {
        return typeOf(getClass());
    }

    static String typeOf(Class<?> event) {
        var annotation = event.getAnnotation(EventType.class);
        if (annotation == null) {
            throw new IllegalArgumentException(event + " has no @EventType");
        }
        return annotation.value();
    }
}
