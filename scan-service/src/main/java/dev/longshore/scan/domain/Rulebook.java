package dev.longshore.scan.domain;

import dev.longshore.events.ConfigEvent.ExemptionConfigured;
import dev.longshore.events.ConfigEvent.ScanPolicyConfigured;
import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.events.DecisionEvent.PolicyVersion;
import dev.longshore.events.DecisionEvent.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The policies and exemptions as they stand, ready to decide. The strictest of all policies in whose scope an image lies
 * wins, and each of them is named with its own answer. Without one, an image is allowed.
 */
public final class Rulebook {

    private record Rule(ScanPolicyConfigured policy, ScopeOfPolicy scope) {}

    private final List<Rule> rules;
    private final List<Exemption> exemptions;

    public Rulebook(Collection<ScanPolicyConfigured> policies, Collection<ExemptionConfigured> exemptions) {
        this.rules = policies.stream()
                .sorted(Comparator.comparing(ScanPolicyConfigured::name))
                .map(policy -> new Rule(policy, ScopeOfPolicy.from(policy.scope())))
                .toList();
        this.exemptions = exemptions.stream()
                .sorted(Comparator.comparing(ExemptionConfigured::name))
                .map(Exemption::from)
                .toList();
    }

    /** The same for the same subject at the same instant, and for every instant before {@code validUntil}. */
    public Verdict decide(Subject subject, Instant now) {
        var policies = rules.stream()
                .filter(rule -> rule.policy().project().equals(subject.project()))
                .filter(rule -> rule.scope().contains(subject))
                .map(Rule::policy)
                .toList();
        if (policies.isEmpty()) {
            var reason = new Reason("no-policy", "No policy is for this image", Action.ALLOW, null, null, null, null);
            return new Verdict(Action.ALLOW, List.of(reason), List.of(), Optional.empty(), Optional.empty(), true);
        }
        var valid = exemptions.stream()
                .filter(exemption -> exemption.isFor(subject, now))
                .toList();
        var answers = subject.evidence() instanceof Evidence.Children children
                ? IndexAnswers.of(policies, children)
                : policies.stream()
                        .map(policy -> new PolicyAnswers(policy, valid, now).to(subject.evidence()))
                        .toList();
        return verdict(policies, answers);
    }

    private static Verdict verdict(List<ScanPolicyConfigured> policies, List<PolicyAnswer> answers) {
        var reasons = new ArrayList<Reason>();
        answers.forEach(answer -> reasons.addAll(answer.reasons()));
        reasons.sort(Comparator.comparing(Reason::action).reversed());
        return new Verdict(
                answers.stream()
                        .map(PolicyAnswer::action)
                        .max(Comparator.naturalOrder())
                        .orElse(Action.ALLOW),
                reasons,
                policies.stream()
                        .map(policy -> new PolicyVersion(policy.name(), policy.version()))
                        .toList(),
                answers.stream().flatMap(answer -> answer.validUntil().stream()).min(Comparator.naturalOrder()),
                policies.stream()
                        .map(ScanPolicyConfigured::rescanEvery)
                        .filter(Objects::nonNull)
                        .min(Comparator.<Duration>naturalOrder()),
                policies.stream().anyMatch(ScanPolicyConfigured::onPush));
    }
}
