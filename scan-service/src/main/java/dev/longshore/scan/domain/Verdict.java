package dev.longshore.scan.domain;

import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.events.DecisionEvent.PolicyVersion;
import dev.longshore.events.DecisionEvent.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the policies say of one image, and why.
 *
 * @param validUntil when it must be made again though nothing changed: an exemption or a grace period ends
 * @param rescanEvery how often the policies want the findings matched anew
 * @param scanOnPush false only if every policy in scope said so
 */
public record Verdict(
        Action action,
        List<Reason> reasons,
        List<PolicyVersion> policies,
        Optional<Instant> validUntil,
        Optional<Duration> rescanEvery,
        boolean scanOnPush) {

    public Verdict {
        reasons = List.copyOf(reasons);
        policies = List.copyOf(policies);
    }
}
