package dev.longshore.scan.postgres;

import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.events.DecisionEvent.PolicyVersion;
import dev.longshore.events.DecisionEvent.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision as it was made.
 *
 * @param image as {@code registry/repository@digest}
 * @param validUntil null in a past decision, and if only a change can end it
 */
public record StoredDecision(
        String image,
        Action action,
        List<Reason> reasons,
        List<PolicyVersion> policies,
        Instant decidedAt,
        long revision,
        @Nullable Instant validUntil,
        @Nullable Long rescanEverySeconds) {}
