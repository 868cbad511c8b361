package dev.longshore.scan.domain;

import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.events.DecisionEvent.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What one policy says of one image. */
record PolicyAnswer(Action action, List<Reason> reasons, Optional<Instant> validUntil) {

    static PolicyAnswer of(Reason reason) {
        return new PolicyAnswer(reason.action(), List.of(reason), Optional.empty());
    }
}
