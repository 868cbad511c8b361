package dev.longshore.gateway.approval.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that one person asks for and another approves.
 *
 * @param action what is to be done, as the audit trail names it: {@code retention.applied}
 * @param resource to what: {@code retention-plans/ret-…}
 */
public record Approval(
        String id,
        String project,
        String action,
        String resource,
        String reason,
        String requestedBy,
        Instant requestedAt,
        Instant expiresAt,
        @Nullable Decision decision) {

    /** @param comment why; what the one who asked is told */
    public record Decision(
            boolean isApproved,
            String by,
            Instant at,
            @Nullable String comment) {}

    /** How it stands. */
    public enum State {
        REQUESTED,
        APPROVED,
        REJECTED,
        EXPIRED
    }

    public State stateAt(Instant now) {
        if (decision != null && !decision.isApproved()) {
            return State.REJECTED;
        }
        if (!now.isBefore(expiresAt)) {
            return State.EXPIRED;
        }
        return decision == null ? State.REQUESTED : State.APPROVED;
    }

    /** Why this person may not decide it now. */
    public enum Obstacle {
        DECIDED_ALREADY,
        EXPIRED,
        OWN_REQUEST
    }

    /** What stands against a decision; null if nothing does. Nobody approves what they asked for themselves. */
    public @Nullable Obstacle obstacle(String by, Instant now) {
        if (by.equals(requestedBy)) {
            return Obstacle.OWN_REQUEST;
        }
        if (decision != null) {
            return Obstacle.DECIDED_ALREADY;
        }
        return now.isBefore(expiresAt) ? null : Obstacle.EXPIRED;
    }
}
