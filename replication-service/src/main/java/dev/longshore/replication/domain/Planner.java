package dev.longshore.replication.domain;

import dev.longshore.oci.InvalidReferenceException;
import dev.longshore.replication.domain.Known.TargetMode;
import java.util.Locale;
import java.util.Optional;

/** Decides what is to be done about a tag under a rule: the same for the same input, whatever brought it up. */
public final class Planner {

    private Planner() {}

    public static Verdict plan(ReplicationRule rule, SourceTag tag, Known known) {
        if (!rule.selects(tag.registry(), tag.repository(), tag.tag())
                // Not a word of it: who sees the rule may not see the repository.
                || !known.owners().reachSource(rule.project(), tag.repository())) {
            return new Verdict.OutOfScope();
        }
        if (rule.unsupported().isPresent()) {
            return new Verdict.Refused(rule.unsupported().get());
        }
        if (known.target() == TargetMode.UNKNOWN) {
            return new Verdict.Refused("there is no registry '%s'".formatted(rule.targetRegistry()));
        }
        try {
            var target = rule.target(tag.repository(), tag.tag());
            return loop(rule, tag, target)
                    .or(() -> beyond(rule, target, known))
                    .orElseGet(() -> decide(rule, tag, target, known));
        } catch (InvalidReferenceException invalid) {
            return new Verdict.Refused("the target would have no valid name: " + invalid.getMessage());
        }
    }

    /** What a copy makes is pushed too: in the rule's own scope it would be copied again, and so for ever. */
    private static Optional<Verdict> loop(ReplicationRule rule, SourceTag tag, CopyTarget target) {
        if (target.reference().equals(tag.reference())) {
            return Optional.of(new Verdict.Refused("source and target are the same"));
        }
        return rule.selects(target.registry(), target.repository(), target.tag())
                ? Optional.of(new Verdict.Refused(
                        "the copy %s would itself be in the scope of the rule".formatted(target.reference())))
                : Optional.empty();
    }

    private static Optional<Verdict> beyond(ReplicationRule rule, CopyTarget target, Known known) {
        return known.owners().reachTarget(rule.project(), target.repository())
                ? Optional.empty()
                : Optional.of(new Verdict.Refused(
                        "the target '%s' belongs to another project than the rule".formatted(target.repository())));
    }

    private static Verdict decide(ReplicationRule rule, SourceTag tag, CopyTarget target, Known known) {
        var waiting = waitsFor(rule, known);
        if (waiting.isPresent()) {
            return new Verdict.Waiting(target, waiting.get());
        }
        if (isInSync(rule, tag, known)) {
            return new Verdict.InSync(target);
        }
        if (!rule.isEnabled()) {
            return new Verdict.Observed(target, "the rule is disabled");
        }
        return known.target() == TargetMode.OBSERVE
                ? new Verdict.Observed(target, "the target registry is in observe mode")
                : new Verdict.Copy(target);
    }

    private static Optional<String> waitsFor(ReplicationRule rule, Known known) {
        if (rule.requiredDecision().isEmpty()) {
            return Optional.empty();
        }
        var required = rule.requiredDecision().get();
        var decision = known.decision();
        if (decision.isEmpty()) {
            return Optional.of("it is not decided yet and the rule requires " + text(required));
        }
        // In the order of strictness: what is laxer than required is good enough.
        return decision.get().compareTo(required) <= 0
                ? Optional.empty()
                : Optional.of(
                        "the decision is %s and the rule requires %s".formatted(text(decision.get()), text(required)));
    }

    private static boolean isInSync(ReplicationRule rule, SourceTag tag, Known known) {
        return known.copied()
                .filter(copied -> copied.digest().equals(tag.digest()))
                .filter(copied -> !rule.copiesReferrers() || copied.referrers().containsAll(known.referrers()))
                .isPresent();
    }

    private static String text(Enum<?> action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}
