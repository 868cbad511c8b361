package dev.longshore.scan.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.kit.event.StoredJson;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** The decision that stands for an image. */
@Entity
@Immutable
@Table(name = "decision")
class DecisionRow {

    @Id
    String image;

    String project;
    String digest;
    String action;
    String reasons;
    String policies;

    @Column(name = "decided_at")
    Instant decidedAt;

    long revision;

    @Column(name = "valid_until")
    @Nullable
    Instant validUntil;

    @Column(name = "rescan_every_seconds")
    @Nullable
    Long rescanEverySeconds;

    @SuppressWarnings("NullAway.Init")
    protected DecisionRow() {}

    StoredDecision stored() {
        return new StoredDecision(
                image,
                Action.valueOf(action.toUpperCase(Locale.ROOT)),
                StoredJson.read(reasons, new TypeReference<>() {}),
                StoredJson.read(policies, new TypeReference<>() {}),
                decidedAt,
                revision,
                validUntil,
                rescanEverySeconds);
    }
}
