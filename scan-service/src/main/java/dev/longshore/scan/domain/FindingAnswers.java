package dev.longshore.scan.domain;

import dev.longshore.events.ConfigEvent.ScanPolicyConfigured;
import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.events.DecisionEvent.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one policy says of findings, one by one. */
final class FindingAnswers {

    /** An event has a largest size; what is beyond is counted, and to be read in the findings. */
    static final int MOST_REASONS = 100;

    /** @param until when the answer would be another, if it would */
    private record Answer(
            Finding finding, Reason reason, @Nullable Instant until) {}

    private static final Comparator<Answer> WORST_FIRST = Comparator.comparing(
                    (Answer answer) -> answer.reason().action())
            .reversed()
            .thenComparing(answer -> answer.finding().severity())
            .thenComparing(answer -> answer.finding().vulnerability())
            .thenComparing(answer -> answer.finding().packageName());

    private FindingAnswers() {}

    static PolicyAnswer of(
            ScanPolicyConfigured policy, List<Exemption> exemptions, Instant now, List<Finding> findings) {
        var answers = distinct(findings).stream()
                .flatMap(finding -> answer(policy, exemptions, now, finding).stream())
                .sorted(WORST_FIRST)
                .toList();
        var action = answers.stream()
                .map(answer -> answer.reason().action())
                .max(Comparator.naturalOrder())
                .orElse(Action.ALLOW);
        var validUntil = answers.stream()
                .flatMap(answer -> Optional.ofNullable(answer.until()).stream())
                .min(Comparator.naturalOrder());
        return new PolicyAnswer(action, reasons(policy, findings, answers), validUntil);
    }

    /** The same package lies in several places of many images. */
    private static Collection<Finding> distinct(List<Finding> findings) {
        var distinct = new LinkedHashMap<List<String>, Finding>();
        findings.forEach(finding -> distinct.putIfAbsent(
                List.of(finding.vulnerability(), finding.packageName(), finding.installedVersion()), finding));
        return distinct.values();
    }

    /** Empty if the policy has nothing to say about it. */
    private static Optional<Answer> answer(
            ScanPolicyConfigured policy, List<Exemption> exemptions, Instant now, Finding finding) {
        var action = policy.actions().getOrDefault(finding.severity().text(), Action.ALLOW);
        if (action == Action.ALLOW || (policy.onlyFixable() && !finding.isFixable())) {
            return Optional.empty();
        }
        return Optional.of(exemptions.stream()
                .filter(exemption -> exemption.covers(finding))
                .max(Comparator.comparing(exemption ->
                        Optional.ofNullable(exemption.configured().expiresAt()).orElse(Instant.MAX)))
                .map(exemption -> exempted(policy, exemption, finding))
                .orElseGet(() -> graced(policy, now, finding, action)));
    }

    private static Answer exempted(ScanPolicyConfigured policy, Exemption exemption, Finding finding) {
        var configured = exemption.configured();
        var until = configured.expiresAt();
        var text = "%s is exempted by %s (owner: %s)%s: %s"
                .formatted(
                        described(finding),
                        configured.name(),
                        configured.owner(),
                        until == null ? "" : " until " + until,
                        configured.reason());
        return new Answer(finding, reason("exempted", text, Action.ALLOW, policy, finding, configured.name()), until);
    }

    /** Within the grace period a new vulnerability warns at most. Without a known date there is none. */
    private static Answer graced(ScanPolicyConfigured policy, Instant now, Finding finding, Action action) {
        var published = finding.publishedAt();
        var graceEnds = published == null ? Instant.MIN : published.plus(policy.gracePeriod());
        if (action != Action.BLOCK || !now.isBefore(graceEnds)) {
            return new Answer(
                    finding, reason("vulnerability", described(finding), action, policy, finding, null), null);
        }
        var text = "%s was published on %s; it blocks from %s".formatted(described(finding), published, graceEnds);
        return new Answer(finding, reason("grace-period", text, Action.WARN, policy, finding, null), graceEnds);
    }

    private static List<Reason> reasons(ScanPolicyConfigured policy, List<Finding> findings, List<Answer> answers) {
        if (answers.isEmpty()) {
            var text = findings.isEmpty()
                    ? "No vulnerability was found"
                    : "None of the %d findings is one that the policy acts on".formatted(findings.size());
            return List.of(new Reason("clean", text, Action.ALLOW, policy.name(), null, null, null));
        }
        var shown = answers.stream().limit(MOST_REASONS).map(Answer::reason);
        if (answers.size() <= MOST_REASONS) {
            return shown.toList();
        }
        var rest = answers.subList(MOST_REASONS, answers.size());
        var text = "And %d more, to be read in the findings".formatted(rest.size());
        var more =
                new Reason("vulnerability", text, rest.getFirst().reason().action(), policy.name(), null, null, null);
        return new ArrayList<>(Stream.concat(shown, Stream.of(more)).toList());
    }

    private static String described(Finding finding) {
        var fixed = finding.fixedVersion();
        return "%s (%s) in %s %s, %s"
                .formatted(
                        finding.vulnerability(),
                        finding.severity().text(),
                        finding.packageName(),
                        finding.installedVersion(),
                        fixed == null ? "without a fix" : "fixed in " + fixed);
    }

    private static Reason reason(
            String code,
            String text,
            Action action,
            ScanPolicyConfigured policy,
            Finding finding,
            @Nullable String exemption) {
        return new Reason(
                code,
                text,
                action,
                policy.name(),
                finding.vulnerability(),
                finding.severity().text(),
                exemption);
    }
}
