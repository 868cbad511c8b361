package dev.longshore.scan.domain;

import dev.longshore.events.ConfigEvent.ScanPolicyConfigured;
import dev.longshore.events.DecisionEvent.Reason;
import dev.longshore.scan.domain.Evidence.Child;
import dev.longshore.scan.domain.Evidence.Children;
import java.util.List;
import java.util.stream.Stream;

/** An index is as bad as the worst of its images; one without images has nothing to be judged by. */
final class IndexAnswers {

    private static final int SHOWN_HEX = 12;

    private IndexAnswers() {}

    static List<PolicyAnswer> of(List<ScanPolicyConfigured> policies, Children children) {
        if (children.images().isEmpty()) {
            return policies.stream()
                    .map(policy -> PolicyAnswers.notApplicable(policy, "an index without images"))
                    .toList();
        }
        return children.images().stream()
                .flatMap(child -> answers(policies, child))
                .toList();
    }

    private static Stream<PolicyAnswer> answers(List<ScanPolicyConfigured> policies, Child child) {
        var decided = child.decided();
        if (decided == null) {
            return policies.stream()
                    .map(policy -> PolicyAnswer.of(new Reason(
                            "unscanned",
                            named(child) + " is not decided yet",
                            policy.onUnknown().unscanned(),
                            policy.name(),
                            null,
                            null,
                            null)));
        }
        var text = "%s: %s".formatted(named(child), decided.because());
        return Stream.of(PolicyAnswer.of(new Reason("child", text, decided.action(), null, null, null, null)));
    }

    private static String named(Child child) {
        var digest = "%s:%s…"
                .formatted(child.digest().algorithm(), child.digest().hex().substring(0, SHOWN_HEX));
        return child.platform().isEmpty() ? digest : "%s (%s)".formatted(child.platform(), digest);
    }
}
