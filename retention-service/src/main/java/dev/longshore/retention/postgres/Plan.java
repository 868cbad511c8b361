package dev.longshore.retention.postgres;

import dev.longshore.events.ConfigEvent.RetentionPolicyConfigured;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a policy would delete.
 *
 * @param id also of the execution that made it
 * @param applyAtOnce a schedule made it, to be applied as soon as it is made
 * @param knownTo how far the inventory was known, by partition
 * @param execution that applies it
 */
public record Plan(
        String id,
        String project,
        String policy,
        long policyVersion,
        String requestedBy,
        State state,
        boolean applyAtOnce,
        Map<Integer, Long> knownTo,
        @Nullable String execution,
        @Nullable String appliedBy,
        @Nullable String errorCode,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant plannedAt,
        @Nullable Instant appliedAt) {

    /** How far it has come. */
    public enum State {
        PLANNING,
        PLANNED,
        /** It could not be made. */
        FAILED,
        APPLYING,
        APPLIED;

        static State parse(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Plan {
        knownTo = Map.copyOf(knownTo);
    }

    public static Plan begun(
            String id,
            RetentionPolicyConfigured policy,
            String requestedBy,
            boolean applyAtOnce,
            Map<Integer, Long> knownTo,
            Instant now) {
        return new Plan(
                id,
                policy.project(),
                policy.name(),
                policy.version(),
                requestedBy,
                State.PLANNING,
                applyAtOnce,
                knownTo,
                null,
                null,
                null,
                null,
                now,
                null,
                null);
    }

    static Plan from(Tuple row) {
        return new Plan(
                row.get("id", String.class),
                row.get("project", String.class),
                row.get("policy", String.class),
                row.get("policy_version", Number.class).longValue(),
                row.get("requested_by", String.class),
                State.parse(row.get("state", String.class)),
                row.get("apply_at_once", Boolean.class),
                KnownTo.read(row.get("known_to", String.class)),
                row.get("execution", String.class),
                row.get("applied_by", String.class),
                row.get("error_code", String.class),
                row.get("error", String.class),
                row.get("created_at", OffsetDateTime.class).toInstant(),
                time(row, "planned_at"),
                time(row, "applied_at"));
    }

    private static @Nullable Instant time(Tuple row, String column) {
        var time = row.get(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
