package dev.longshore.push.postgres;

import dev.longshore.oci.Digest;
import dev.longshore.oci.Reference;
import dev.longshore.push.domain.Hint;
import dev.longshore.registries.Notification.Action;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A notification's hint and what became of it. */
@Entity
@Table(name = "hint")
class HintRow {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long id;

    String delivery;
    String project;
    String registry;
    String repository;
    String reference;
    String action;

    @Nullable
    String digest;

    @Column(name = "happened_at")
    Instant happenedAt;

    @Nullable
    String actor;

    @Column(name = "received_at")
    Instant receivedAt;

    @Column(name = "task_id")
    @Nullable
    Long taskId;

    String state;

    @Nullable
    String reason;

    @Column(name = "finished_at")
    @Nullable
    Instant finishedAt;

    @SuppressWarnings("NullAway.Init")
    protected HintRow() {}

    @SuppressWarnings("NullAway.Init")
    HintRow(Delivery delivery, Hint hint) {
        this.delivery = delivery.id();
        this.project = delivery.project();
        this.registry = delivery.registry();
        this.repository = hint.reference().repository();
        this.reference = hint.reference().value();
        this.action = hint.action().toString();
        this.digest = hint.digest() == null ? null : hint.digest().toString();
        this.happenedAt = hint.at();
        this.actor = hint.by();
        this.receivedAt = delivery.receivedAt();
        this.state = "pending";
    }

    Hint hint() {
        return new Hint(
                Action.valueOf(action.toUpperCase(Locale.ROOT)),
                Reference.of(repository, reference),
                digest == null ? null : Digest.parse(digest),
                happenedAt,
                actor);
    }
}
