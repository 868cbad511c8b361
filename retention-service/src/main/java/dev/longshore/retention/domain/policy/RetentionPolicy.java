package dev.longshore.retention.domain.policy;

import static dev.longshore.retention.domain.policy.Reason.Code.MINIMUM_KEPT;
import static dev.longshore.retention.domain.policy.Reason.Code.POLICY_DISABLED;
import static dev.longshore.retention.domain.policy.Reason.Code.POLICY_KEEPS_NOTHING;
import static dev.longshore.retention.domain.policy.Reason.Code.POLICY_OUT_OF_SCOPE;
import static dev.longshore.retention.domain.policy.Reason.Code.PROTECTED;
import static dev.longshore.retention.domain.policy.Reason.Code.UNTAGGED_KEPT;

import dev.longshore.events.ConfigEvent.RetentionPolicyConfigured;
import dev.longshore.events.Glob;
import dev.longshore.retention.domain.policy.Rule.Judge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which images of which repositories stay. */
public final class RetentionPolicy {

    private final RetentionPolicyConfigured configured;
    private final List<Glob> registries;
    private final List<Glob> repositories;
    private final List<Rule> rules;
    private final List<Glob> protectedTags;

    private RetentionPolicy(RetentionPolicyConfigured configured) {
        this.configured = configured;
        this.registries = globs(configured.scope().registries());
        this.repositories = globs(configured.scope().repositories());
        this.rules = configured.rules().stream().map(Rule::from).toList();
        this.protectedTags = globs(configured.protect());
    }

    public static RetentionPolicy from(RetentionPolicyConfigured configured) {
        return new RetentionPolicy(configured);
    }

    public RetentionPolicyConfigured configured() {
        return configured;
    }

    public boolean isFor(String registry, String repository) {
        return matches(registries, registry) && matches(repositories, repository);
    }

    /** Why it may delete nothing in this repository, whatever is there. */
    public Optional<Reason> objection(String registry, String repository) {
        if (!configured.enabled()) {
            return Optional.of(new Reason(POLICY_DISABLED, "the policy is disabled"));
        }
        if (!isFor(registry, repository)) {
            return Optional.of(new Reason(POLICY_OUT_OF_SCOPE, "the repository is not in the policy's scope"));
        }
        return configured.keepNothing() || rules.stream().anyMatch(Rule::canKeep)
                ? Optional.empty()
                : Optional.of(new Reason(
                        POLICY_KEEPS_NOTHING,
                        "the policy's rules keep nothing, and it does not say that this is meant"));
    }

    /** All reasons for which the policy itself keeps a candidate, given all candidates. */
    public List<Judge> judges(List<Candidate> all, Instant now) {
        var judges = new ArrayList<Judge>();
        judges.add(candidate -> protection(candidate.tag()));
        rules.forEach(rule -> judges.add(rule.among(all, now)));
        var latest = Rule.lastPushed(configured.minimumKept(), all);
        judges.add(candidate -> latest.judge(candidate).map(_ -> minimum()));
        return judges;
    }

    /** Why a manifest without a tag stays; empty if it has been without one for too long. */
    public Optional<Reason> keepsUntagged(Instant since, Instant now) {
        var time = configured.untagged().deleteAfter();
        if (time == null) {
            return Optional.of(new Reason(UNTAGGED_KEPT, "the policy keeps manifests without a tag"));
        }
        return since.isBefore(now.minus(time))
                ? Optional.empty()
                : Optional.of(new Reason(UNTAGGED_KEPT, "it has had no tag for less than " + Durations.format(time)));
    }

    /** Why the tag stays whatever the rules say. */
    public Optional<Reason> protection(String tag) {
        return protectedTags.stream()
                .filter(glob -> glob.matches(tag))
                .findFirst()
                .map(glob -> new Reason(PROTECTED, "the policy protects " + glob));
    }

    private Reason minimum() {
        return new Reason(
                MINIMUM_KEPT,
                "the policy keeps the %d most recently pushed of each repository".formatted(configured.minimumKept()));
    }

    private static boolean matches(List<Glob> globs, String text) {
        return globs.stream().anyMatch(glob -> glob.matches(text));
    }

    private static List<Glob> globs(List<String> patterns) {
        return patterns.stream().map(Glob::parse).toList();
    }
}
