package dev.longshore.scan.domain;

import dev.longshore.events.ConfigEvent.ScanPolicyConfigured;
import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.events.DecisionEvent.Reason;
import dev.longshore.scan.domain.Evidence.Children;
import dev.longshore.scan.domain.Evidence.Failed;
import dev.longshore.scan.domain.Evidence.NotApplicable;
import dev.longshore.scan.domain.Evidence.Scanned;
import dev.longshore.scan.domain.Evidence.Unscanned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks one policy about the evidence. */
final class PolicyAnswers {

    /** Findings are older than the database for longer than so many rescan intervals: stale. */
    private static final int INTERVALS_UNTIL_STALE = 2;

    private final ScanPolicyConfigured policy;
    private final List<Exemption> exemptions;
    private final Instant now;

    /** @param exemptions those that hold for the image now */
    PolicyAnswers(ScanPolicyConfigured policy, List<Exemption> exemptions, Instant now) {
        this.policy = policy;
        this.exemptions = exemptions;
        this.now = now;
    }

    PolicyAnswer to(Evidence evidence) {
        return switch (evidence) {
            case Scanned scanned ->
                withStaleness(scanned, FindingAnswers.of(policy, exemptions, now, scanned.findings()));
            case Unscanned() ->
                unknown(
                        "unscanned",
                        "The image is not scanned yet",
                        policy.onUnknown().unscanned());
            case Failed failed ->
                unknown(
                        "scan-failed",
                        "The scan failed (%s): %s".formatted(failed.code().code(), failed.reason()),
                        policy.onUnknown().failed());
            case NotApplicable notApplicable -> notApplicable(policy, notApplicable.what());
            case Children _ -> throw new IllegalArgumentException("An index is answered by its images");
        };
    }

    static PolicyAnswer notApplicable(ScanPolicyConfigured policy, String what) {
        var action = policy.onUnknown().notApplicable();
        var text = "There is nothing to scan in " + what;
        return PolicyAnswer.of(new Reason("not-applicable", text, action, policy.name(), null, null, null));
    }

    private PolicyAnswer withStaleness(Scanned scanned, PolicyAnswer answer) {
        var staleAt = staleAt(scanned);
        if (staleAt.isEmpty()) {
            return answer;
        }
        if (now.isBefore(staleAt.get())) {
            var validUntil = Stream.concat(answer.validUntil().stream(), staleAt.stream())
                    .min(Instant::compareTo);
            return new PolicyAnswer(answer.action(), answer.reasons(), validUntil);
        }
        var action = policy.onUnknown().stale();
        var text = "The findings of %s are older than the vulnerability database".formatted(scanned.scannedAt());
        var reason = new Reason("stale", text, action, policy.name(), null, null, null);
        var strictest = action.compareTo(answer.action()) > 0 ? action : answer.action();
        var reasons =
                Stream.concat(Stream.of(reason), answer.reasons().stream()).toList();
        return new PolicyAnswer(strictest, reasons, answer.validUntil());
    }

    private Optional<Instant> staleAt(Scanned scanned) {
        var since = scanned.newerDatabaseSince();
        Duration every = policy.rescanEvery();
        if (since == null || every == null) {
            return Optional.empty();
        }
        var from = since.isAfter(scanned.scannedAt()) ? since : scanned.scannedAt();
        return Optional.of(from.plus(every.multipliedBy(INTERVALS_UNTIL_STALE)));
    }

    private PolicyAnswer unknown(String code, String text, Action action) {
        return PolicyAnswer.of(new Reason(code, text, action, policy.name(), null, null, null));
    }
}
