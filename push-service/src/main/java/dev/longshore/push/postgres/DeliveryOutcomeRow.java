package dev.longshore.push.postgres;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What was found in a delivery; what became of its hints is in their rows. */
@Entity
@Table(name = "delivery_outcome")
class DeliveryOutcomeRow {

    @Id
    String delivery;

    String project;
    String registry;

    @Column(name = "received_at")
    Instant receivedAt;

    @Column(name = "rejected_because")
    @Nullable
    String rejectedBecause;

    int notifications;
    int skipped;
    int ignored;
    int pulls;
    String unusable = "[]";

    @SuppressWarnings("NullAway.Init")
    protected DeliveryOutcomeRow() {}

    @SuppressWarnings("NullAway.Init")
    DeliveryOutcomeRow(Delivery delivery) {
        this.delivery = delivery.id();
        this.project = delivery.project();
        this.registry = delivery.registry();
        this.receivedAt = delivery.receivedAt();
    }
}
