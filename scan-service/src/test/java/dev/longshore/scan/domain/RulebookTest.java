package dev.longshore.scan.domain;

import static dev.longshore.events.DecisionEvent.Action.ALLOW;
import static dev.longshore.events.DecisionEvent.Action.BLOCK;
import static dev.longshore.events.DecisionEvent.Action.WARN;
import static dev.longshore.scan.domain.Cases.LOG4SHELL;
import static dev.longshore.scan.domain.Cases.NOW;
import static dev.longshore.scan.domain.Cases.ZLIB;
import static dev.longshore.scan.domain.Cases.exemption;
import static dev.longshore.scan.domain.Cases.finding;
import static dev.longshore.scan.domain.Cases.image;
import static dev.longshore.scan.domain.Cases.policy;
import static dev.longshore.scan.domain.Cases.scanned;
import static dev.longshore.scan.domain.Cases.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.events.DecisionEvent.PolicyVersion;
import dev.longshore.events.DecisionEvent.Reason;
import dev.longshore.oci.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RulebookTest {

    static Stream<Arguments> evidence() {
        return Stream.of(
                arguments("no findings", scanned(), ALLOW, "clean"),
                arguments("critical", scanned(LOG4SHELL), BLOCK, "vulnerability"),
                arguments("high", scanned(finding("CVE-1", Severity.HIGH)), WARN, "vulnerability"),
                arguments("medium", scanned(finding("CVE-1", Severity.MEDIUM)), ALLOW, "clean"),
                arguments(
                        "the worst wins", scanned(finding("CVE-1", Severity.HIGH), LOG4SHELL), BLOCK, "vulnerability"),
                arguments("unscanned", new Evidence.Unscanned(), WARN, "unscanned"),
                arguments("failed", new Evidence.Failed(FailureCode.LAYER_MISSING, "gone"), WARN, "scan-failed"),
                arguments("an artifact", new Evidence.NotApplicable("a chart"), ALLOW, "not-applicable"),
                arguments("an index without images", new Evidence.Children(List.of()), ALLOW, "not-applicable"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("evidence")
    void answersAsThePolicySays(String name, Evidence evidence, Action action, String code) {
        var verdict = decide(Cases.rulebook(policy("base")), subject(evidence, "1.0"));

        assertThat(verdict.action()).isEqualTo(action);
        assertThat(verdict.reasons().getFirst().code()).isEqualTo(code);
        assertThat(verdict.reasons().getFirst().policy()).isEqualTo("base");
        assertThat(verdict.policies()).containsExactly(new PolicyVersion("base", 3));
    }

    @Test
    void allowsWhatNoPolicyIsForAndSaysSo() {
        var verdict =
                decide(Cases.rulebook(policy("other").forRepositories("web/**")), subject(scanned(LOG4SHELL), "1.0"));

        assertThat(verdict.action()).isEqualTo(ALLOW);
        assertThat(verdict.reasons()).extracting(Reason::code).containsExactly("no-policy");
        assertThat(verdict.policies()).isEmpty();
        assertThat(verdict.scanOnPush()).isTrue();
    }

    @Test
    void letsTheStrictestWinAndNamesEachPolicysAnswer() {
        // Given
        var mild = policy("a-mild").with(Map.of("critical", WARN));
        var strict = policy("b-strict");
        var indifferent = policy("c-indifferent").with(Map.of());

        // When
        var verdict = decide(Cases.rulebook(mild, strict, indifferent), subject(scanned(LOG4SHELL), "1.0"));

        // Then
        assertThat(verdict.action()).isEqualTo(BLOCK);
        assertThat(verdict.reasons())
                .extracting(Reason::policy, Reason::action)
                .containsExactly(tuple("b-strict", BLOCK), tuple("a-mild", WARN), tuple("c-indifferent", ALLOW));
        assertThat(verdict.policies())
                .extracting(PolicyVersion::name)
                .containsExactly("a-mild", "b-strict", "c-indifferent");
    }

    @ParameterizedTest
    @CsvSource({
        "left, shop/**, **, '1.0', true",
        "right, shop/**, **, '1.0', false",
        "*, shop/api, release-*, '1.0', false",
        "*, shop/api, release-*, 'latest release-7', true",
        "*, shop/*, **, '', true",
        "*, shop/*, *, '', true",
        "*, shop/*, 1.*, '', false",
        "'left right', **, 1.*, '1.0', true"
    })
    void isForAnImageIfAnyLiveTagIsInScope(
            String registries, String repositories, String tags, String liveTags, boolean applies) {
        var policy = policy("scoped").scoped(words(registries), words(repositories), words(tags));

        var verdict = decide(
                Cases.rulebook(policy), subject(scanned(), words(liveTags).toArray(String[]::new)));

        assertThat(verdict.policies().isEmpty()).isNotEqualTo(applies);
    }

    @Test
    void knowsPoliciesOfItsOwnProjectOnly() {
        var foreign = policy("foreign").inProject("other");

        assertThat(decide(Cases.rulebook(foreign), subject(scanned(LOG4SHELL), "1.0"))
                        .policies())
                .isEmpty();
    }

    @Test
    void passesOverWhatCannotBeFixedIfThePolicySaysSo() {
        var verdict = decide(Cases.rulebook(policy("fixable").onlyFixable()), subject(scanned(ZLIB), "1.0"));

        assertThat(verdict.action()).isEqualTo(ALLOW);
        assertThat(decide(Cases.rulebook(policy("all")), subject(scanned(ZLIB), "1.0"))
                        .action())
                .isEqualTo(BLOCK);
    }

    @Test
    void warnsUntilTheGracePeriodOfANewVulnerabilityEnds() {
        // Given
        var published = NOW.minus(Duration.ofDays(2));
        var rulebook = Cases.rulebook(policy("patient").withGrace(Duration.ofDays(7)));
        var subject = subject(scanned(finding("CVE-2026-1", Severity.CRITICAL, published)), "1.0");
        var graceEnds = published.plus(Duration.ofDays(7));

        // When
        var early = rulebook.decide(subject, NOW);
        var late = rulebook.decide(subject, graceEnds);

        // Then
        assertThat(early.action()).isEqualTo(WARN);
        assertThat(early.reasons().getFirst().code()).isEqualTo("grace-period");
        assertThat(early.validUntil()).contains(graceEnds);
        assertThat(late.action()).isEqualTo(BLOCK);
        assertThat(late.validUntil()).isEmpty();
    }

    @Test
    void givesNoGraceForAVulnerabilityOfUnknownDate() {
        var rulebook = Cases.rulebook(policy("patient").withGrace(Duration.ofDays(7)));

        assertThat(decide(rulebook, subject(scanned(ZLIB), "1.0")).action()).isEqualTo(BLOCK);
    }

    static Stream<Arguments> exemptions() {
        return Stream.of(
                arguments(exemption("by-name").images("left/shop/api:1.0"), true),
                arguments(exemption("without-registry").images("shop/api:1.0"), true),
                arguments(exemption("any-tag").images("shop/api:*"), true),
                arguments(exemption("no-tag").images("shop/api"), true),
                arguments(exemption("by-digest").images("shop/api@" + image().digest()), true),
                arguments(exemption("glob").images("shop/*:1.*"), true),
                arguments(exemption("second-pattern").images("trusted-images:*", "shop/**"), true),
                arguments(exemption("other-tag").images("shop/api:latest"), false),
                arguments(exemption("other-registry").images("right/shop/api:1.0"), false),
                arguments(exemption("other-digest").images("shop/api@" + Digest.of(new byte[] {9})), false),
                arguments(exemption("segment").images("*:1.0"), false),
                arguments(exemption("package").packages("org.apache.logging.**"), true),
                arguments(exemption("other-package").packages("org.apache.commons.**"), false),
                arguments(exemption("other-cve").vulnerabilities("CVE-2021-45046"), false),
                arguments(exemption("all-of-2021").vulnerabilities("CVE-2021-*"), true),
                arguments(exemption("still-valid").until(NOW.plusSeconds(1)), true),
                arguments(exemption("expired").until(NOW), false),
                arguments(exemption("other-project").inProject("other"), false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exemptions")
    void exemptsByVulnerabilityPackageAndImage(Cases.ExemptionCase exemption, boolean applies) {
        var rulebook = new Rulebook(List.of(policy("base").build()), List.of(exemption.build()));

        var verdict = decide(rulebook, subject(scanned(LOG4SHELL), "1.0"));

        assertThat(verdict.action()).isEqualTo(applies ? ALLOW : BLOCK);
    }

    @Test
    void namesReasonAndOwnerOfAnExemptionAndHowLongItHolds() {
        var expires = NOW.plus(Duration.ofDays(3));
        var rulebook = new Rulebook(
                List.of(policy("base").build()),
                List.of(exemption("not-reachable").until(expires).build()));

        var verdict = decide(rulebook, subject(scanned(LOG4SHELL), "1.0"));

        var reason = verdict.reasons().getFirst();
        assertThat(reason.code()).isEqualTo("exempted");
        assertThat(reason.exemption()).isEqualTo("not-reachable");
        assertThat(reason.vulnerability()).isEqualTo("CVE-2021-44228");
        assertThat(reason.text()).contains("owner: ada", "JNDI is off", expires.toString());
        assertThat(verdict.validUntil()).contains(expires);
    }

    @Test
    void holdsForAnUntaggedDigestOnlyByPatternsForAnyTag() {
        var tagged = new Rulebook(
                List.of(policy("base").build()),
                List.of(exemption("one").images("shop/api:1.0").build()));
        var any = new Rulebook(
                List.of(policy("base").build()),
                List.of(exemption("any").images("shop/api:*").build()));

        assertThat(decide(tagged, subject(scanned(LOG4SHELL))).action()).isEqualTo(BLOCK);
        assertThat(decide(any, subject(scanned(LOG4SHELL))).action()).isEqualTo(ALLOW);
    }

    @Test
    void becomesStaleWhenANewDatabaseWasNotMatchedForTwoIntervals() {
        // Given
        var rulebook = Cases.rulebook(policy("daily"));
        var newerSince = NOW.minus(Duration.ofHours(1));
        var staleAt = newerSince.plus(Duration.ofHours(48));
        var subject = subject(new Evidence.Scanned(List.of(), NOW.minus(Duration.ofDays(30)), newerSince), "1.0");

        // When
        var now = rulebook.decide(subject, NOW);
        var later = rulebook.decide(subject, staleAt);

        // Then
        assertThat(now.action()).isEqualTo(ALLOW);
        assertThat(now.validUntil()).contains(staleAt);
        assertThat(later.action()).isEqualTo(WARN);
        assertThat(later.reasons().getFirst().code()).isEqualTo("stale");
    }

    @Test
    void neverBecomesStaleWhileTheDatabaseIsTheSame() {
        var old = subject(new Evidence.Scanned(List.of(), Instant.EPOCH, null), "1.0");

        assertThat(decide(Cases.rulebook(policy("daily")), old).action()).isEqualTo(ALLOW);
    }

    @Test
    void takesTheWorstOfTheImagesOfAnIndex() {
        // Given
        var good = new Evidence.Child(Digest.of(new byte[] {1}), "linux/arm64", new Evidence.Decided(ALLOW, "clean"));
        var bad = new Evidence.Child(
                Digest.of(new byte[] {2}), "linux/amd64", new Evidence.Decided(BLOCK, "CVE-2021-44228"));

        // When
        var verdict = decide(Cases.rulebook(policy("base")), subject(new Evidence.Children(List.of(good, bad)), "1.0"));

        // Then
        assertThat(verdict.action()).isEqualTo(BLOCK);
        assertThat(verdict.reasons()).extracting(Reason::code).containsExactly("child", "child");
        assertThat(verdict.reasons().getFirst().text())
                .startsWith("linux/amd64")
                .contains("CVE-2021-44228");
    }

    @Test
    void waitsForTheChildrenOfAnIndexAsForAScan() {
        var open = new Evidence.Child(Digest.of(new byte[] {1}), "linux/arm64", null);

        var verdict = decide(Cases.rulebook(policy("base")), subject(new Evidence.Children(List.of(open)), "1.0"));

        assertThat(verdict.action()).isEqualTo(WARN);
        assertThat(verdict.reasons()).extracting(Reason::code).containsExactly("unscanned");
    }

    @Test
    void saysTheSameOfOnePackageInManyPlacesOnce() {
        var verdict =
                decide(Cases.rulebook(policy("base")), subject(scanned(LOG4SHELL, Cases.elsewhere(LOG4SHELL)), "1.0"));

        assertThat(verdict.reasons()).hasSize(1);
    }

    @Test
    void boundsItsReasonsAndCountsTheRest() {
        var many = IntStream.range(0, 1000)
                .mapToObj(number -> finding("CVE-%04d".formatted(number), Severity.CRITICAL))
                .toArray(Finding[]::new);

        var verdict = decide(Cases.rulebook(policy("base")), subject(scanned(many), "1.0"));

        assertThat(verdict.reasons()).hasSize(FindingAnswers.MOST_REASONS + 1);
        assertThat(verdict.reasons().getLast().text()).isEqualTo("And 900 more, to be read in the findings");
    }

    @Test
    void scansOnPushUnlessEveryPolicyInScopeIsAgainst() {
        var against = policy("against").notOnPush();

        assertThat(decide(Cases.rulebook(against), subject(new Evidence.Unscanned(), "1.0"))
                        .scanOnPush())
                .isFalse();
        assertThat(decide(Cases.rulebook(against, policy("for")), subject(new Evidence.Unscanned(), "1.0"))
                        .scanOnPush())
                .isTrue();
    }

    private static Verdict decide(Rulebook rulebook, Subject subject) {
        return rulebook.decide(subject, NOW);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.copyOf(Set.of(text.split(" ")));
    }
}
