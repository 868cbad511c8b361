package dev.longshore.retention.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.oci.Digest;
import dev.longshore.retention.domain.Decision.Delete;
import dev.longshore.retention.domain.Decision.Keep;
import dev.longshore.retention.domain.policy.Reason;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RecheckTest {

    /** Those that only a recheck gives. */
    static final Set<Reason.Code> REASONS =
            Set.of(Reason.Code.ALREADY_GONE, Reason.Code.CHANGED_SINCE, Reason.Code.STILL_REFERRED_TO);

    private static final String ALL_MAY_GO = "policy: { keepNothing: true }\n";
    private static final String TWO = "a: { tags: ['1'], pushed: 9d }, b: { tags: ['2'], pushed: 8d }";
    private static final String INDEX = "i: { tags: ['1'], children: [x], pushed: 9d }, x: { pushed: 9d }";

    @Test
    void whatHasNotChangedMayGo() {
        var decision = decide(ALL_MAY_GO + given(TWO), ALL_MAY_GO + given(TWO), "a");

        assertThat(decision).isInstanceOf(Delete.class);
        assertThat(decision.deletion().tags()).containsExactly("1");
    }

    @Test
    void whatIsGoneIsLeft() {
        assertThat(reasons(decide(ALL_MAY_GO + given(TWO), ALL_MAY_GO + given("b: { tags: ['2'] }"), "a")))
                .isEqualTo("already-gone");
    }

    @Test
    void aTagThatCameStays() {
        assertThat(reasons(decide(
                        ALL_MAY_GO + given("a: { tags: ['1'], pushed: 9d }"),
                        ALL_MAY_GO + given("a: { tags: ['1', 'prod'], pushed: 9d }"),
                        "a")))
                .isEqualTo("changed-since");
    }

    @Test
    void whatWasPushedAgainStays() {
        assertThat(reasons(decide(
                        ALL_MAY_GO + given("a: { tags: ['1'], pushed: 9d }"),
                        ALL_MAY_GO + given("a: { tags: { '1': { pushed: 8d } }, pushed: 9d }"),
                        "a")))
                .isEqualTo("changed-since");
    }

    @Test
    void aTagThatMovedAwayIsNotDeletedWithTheImage() {
        var decision = decide(
                ALL_MAY_GO + given("a: { tags: ['1', '2'], pushed: 9d }"),
                ALL_MAY_GO + given("a: { tags: ['1'], pushed: 9d }, b: { tags: ['2'], pushed: 1d }"),
                "a");

        assertThat(decision).isInstanceOf(Delete.class);
        assertThat(decision.deletion().tags()).containsExactly("1");
    }

    @Test
    void whatAnIndexNamesNowStays() {
        assertThat(reasons(decide(
                        ALL_MAY_GO + given("a: { tags: ['1'], pushed: 9d }"),
                        ALL_MAY_GO + given("a: { tags: ['1'], pushed: 9d }, i: { children: [a], pushed: 1m }"),
                        "a")))
                .isEqualTo("needed");
    }

    @Test
    void whatWasSignedSinceStays() {
        assertThat(reasons(decide(
                        ALL_MAY_GO + given("a: { tags: ['1'], pushed: 9d }"),
                        ALL_MAY_GO + given("a: { tags: ['1'], pushed: 9d }, sig: { subject: a, pushed: 1m }"),
                        "a")))
                .isEqualTo("needed");
    }

    @Test
    void thePolicyOfNowDecides() {
        assertThat(reasons(decide(
                        ALL_MAY_GO + given(TWO),
                        "policy: { rules: [ { tags: ['**'], keep: { lastPushed: 1 } } ], protect: ['1'] }\n"
                                + given(TWO),
                        "a")))
                .isEqualTo("protected");
        assertThat(reasons(decide(ALL_MAY_GO + given(TWO), "policy: { enabled: false }\n" + given(TWO), "a")))
                .isEqualTo("policy-disabled");
    }

    @Test
    void whatIsInUseNowStays() {
        assertThat(reasons(decide(
                        ALL_MAY_GO + given(TWO),
                        ALL_MAY_GO + "given: { inUse: [a], manifests: { " + TWO + " } }",
                        "a")))
                .isEqualTo("in-use");
    }

    @Test
    void nothingIsDeletedWhileSomethingIsNotKnown() {
        assertThat(reasons(decide(
                        ALL_MAY_GO + given(TWO),
                        ALL_MAY_GO + "given: { doubts: ['the inventory is behind'], manifests: { " + TWO + " } }",
                        "a")))
                .isEqualTo("incomplete");
    }

    @Test
    void aChildWaitsForItsIndex() {
        assertThat(reasons(decide(ALL_MAY_GO + given(INDEX), ALL_MAY_GO + given(INDEX), "x")))
                .isEqualTo("still-referred-to");
    }

    @Test
    void aChildGoesOnceItsIndexIsGoneWhetherTheInventoryHasHeardOfThatOrNot() {
        var gone = Set.of(Scenario.digest("i"));

        assertThat(decide(ALL_MAY_GO + given(INDEX), ALL_MAY_GO + given(INDEX), "x", gone))
                .isInstanceOf(Delete.class);
        assertThat(decide(ALL_MAY_GO + given(INDEX), ALL_MAY_GO + given("x: { pushed: 9d }"), "x", gone))
                .isInstanceOf(Delete.class);
    }

    @Test
    void aChildStaysIfItsIndexCameBack() {
        var gone = Set.of(Scenario.digest("i"));
        var back = "i: { tags: ['1'], children: [x], pushed: 1m }, x: { pushed: 9d }";
        var tagged = "i: { tags: ['1', 'new'], children: [x], pushed: 9d }, x: { pushed: 9d }";

        assertThat(reasons(decide(ALL_MAY_GO + given(INDEX), ALL_MAY_GO + given(back), "x", gone)))
                .isEqualTo("needed");
        assertThat(reasons(decide(ALL_MAY_GO + given(INDEX), ALL_MAY_GO + given(tagged), "x", gone)))
                .isEqualTo("still-referred-to");
    }

    @Test
    void aSignatureGoesAfterItsImage() {
        var before =
                ALL_MAY_GO + given("a: { tags: ['1'] }, sig: { subject: a }, cosign: { tags: ['sha256-<a>.sig'] }");
        var gone = Set.of(Scenario.digest("a"));
        var after = ALL_MAY_GO + given("sig: { subject: a }, cosign: { tags: ['sha256-<a>.sig'] }");

        assertThat(reasons(decide(before, before, "sig"))).isEqualTo("still-referred-to");
        assertThat(decide(before, after, "sig", gone)).isInstanceOf(Delete.class);
        assertThat(decide(before, after, "cosign", gone)).isInstanceOf(Delete.class);
    }

    @Test
    void aTagAloneGoesWhileAnotherKeepsTheManifest() {
        var policy = "policy: { rules: [ { tags: ['latest'], keep: { always: true } } ] }\n";
        var before = policy + tagsToo("a: { tags: ['1', 'latest'], pushed: 9d }");

        assertThat(decide(before, before, "a")).isInstanceOf(Delete.class);
        assertThat(reasons(decide(before, policy + tagsToo("a: { tags: ['latest'], pushed: 9d }"), "a")))
                .isEqualTo("already-gone");
        assertThat(reasons(decide(before, policy + tagsToo("a: { tags: ['1'], pushed: 9d }"), "a")))
                .isEqualTo("changed-since");
        assertThat(reasons(decide(
                        before,
                        policy + tagsToo("a: { tags: ['latest'], pushed: 9d }, b: { tags: ['1'], pushed: 8d }"),
                        "a")))
                .isEqualTo("changed-since");
        assertThat(reasons(decide(
                        before,
                        policy + tagsToo("a: { tags: { 'latest': { }, '1': { pushed: 8d } }, pushed: 9d }"),
                        "a")))
                .isEqualTo("changed-since");
    }

    @Test
    void aTagThatIsWantedNowStays() {
        var before = "policy: { rules: [ { tags: ['latest'], keep: { always: true } } ] }\n"
                + tagsToo("a: { tags: ['1', 'latest'], pushed: 9d }");
        var now = "policy: { rules: [ { tags: ['latest'], keep: { always: true } } ], protect: ['1'] }\n"
                + tagsToo("a: { tags: ['1', 'latest'], pushed: 9d }");

        assertThat(reasons(decide(before, now, "a"))).isEqualTo("protected");
    }

    @Test
    void whatIsBackIsTakenForItselfAloneAndNotForItsNeighbours() {
        var two = "a: { tags: ['1'], pushed: 9d }, b: { tags: ['2'], pushed: 9d }, sig: { subject: a, pushed: 9d }";
        var bIsBack = "a: { tags: ['1'], pushed: 9d }, b: { tags: ['2'], pushed: 1m }, sig: { subject: a, pushed: 9d }";
        var gone = Set.of(Scenario.digest("a"), Scenario.digest("b"));

        assertThat(decide(ALL_MAY_GO + given(two), ALL_MAY_GO + given(bIsBack), "sig", gone))
                .isInstanceOf(Delete.class);
        assertThat(reasons(decide(ALL_MAY_GO + given(two), ALL_MAY_GO + given(bIsBack), "b", gone)))
                .isEqualTo("young");
    }

    @Test
    void thePlanIsDataAndComparesAsSuch() {
        var plan = plan(ALL_MAY_GO + given(TWO));

        assertThat(plan).isEqualTo(plan(ALL_MAY_GO + given(TWO)));
        assertThat(plan.getFirst().reasons())
                .containsExactly(new Reason(Reason.Code.NO_RULE_KEEPS_IT, "no rule keeps it"));
    }

    private static Decision decide(String before, String now, String name) {
        return decide(before, now, name, Set.of());
    }

    private static Decision decide(String before, String now, String name, Set<Digest> gone) {
        var plan = plan(before);
        var scenario = Scenario.parse(now);
        var planned = plan.stream()
                .filter(deletion -> deletion.digest().equals(Scenario.digest(name)))
                .findFirst()
                .orElseThrow();
        return Recheck.of(scenario.retentionPolicy(), scenario.inventory(), scenario.circumstances(), plan, gone)
                .decide(planned);
    }

    private static List<Deletion> plan(String text) {
        return Scenario.parse(text).evaluation().deletions().stream()
                .map(Delete::deletion)
                .toList();
    }

    private static String given(String manifests) {
        return "given: { manifests: { " + manifests + " } }";
    }

    private static String tagsToo(String manifests) {
        return "given: { registry: everything, manifests: { " + manifests + " } }";
    }

    private static String reasons(Decision decision) {
        assertThat(decision).isInstanceOf(Keep.class);
        return ((Keep) decision)
                .reasons().stream().map(reason -> reason.code().toString()).collect(Collectors.joining(", "));
    }
}
