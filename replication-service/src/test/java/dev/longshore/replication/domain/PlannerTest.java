package dev.longshore.replication.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.events.RepositoryOwners;
import dev.longshore.events.RepositoryOwners.Claim;
import dev.longshore.oci.Digest;
import dev.longshore.replication.domain.Known.Copied;
import dev.longshore.replication.domain.Known.Owners;
import dev.longshore.replication.domain.Known.TargetMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlannerTest {

    private static final Digest IMAGE = Digest.of(new byte[] {1});
    private static final Digest OLDER = Digest.of(new byte[] {2});
    private static final Digest SIGNATURE = Digest.of(new byte[] {3});
    private static final Owners OWNERS = owners("default", "default");
    private static final CopyTarget MIRROR = new CopyTarget("right", "mirror/shop/api", "1.0");

    static Stream<Arguments> table() {
        var rule = TestRule.make();
        var api = tag("left", "shop/api", "1.0");
        var allowed = known(Action.ALLOW);
        return Stream.of(
                arguments("allowed", rule, api, allowed, new Verdict.Copy(MIRROR)),
                arguments("another registry", rule, tag("other", "shop/api", "1.0"), allowed, new Verdict.OutOfScope()),
                arguments(
                        "another repository", rule, tag("left", "infra/api", "1.0"), allowed, new Verdict.OutOfScope()),
                arguments(
                        "tag not included",
                        rule.tags(List.of("release-*"), List.of(), null),
                        api,
                        allowed,
                        new Verdict.OutOfScope()),
                arguments(
                        "tag excluded",
                        rule.tags(List.of("**"), List.of("1.*"), null),
                        api,
                        allowed,
                        new Verdict.OutOfScope()),
                arguments(
                        "no includes: all",
                        rule.tags(List.of(), List.of(), null),
                        api,
                        allowed,
                        new Verdict.Copy(MIRROR)),
                arguments(
                        "fallback tag",
                        rule,
                        tag("left", "shop/api", "sha256-" + IMAGE.hex()),
                        allowed,
                        new Verdict.OutOfScope()),
                arguments(
                        "signature tag",
                        rule,
                        tag("left", "shop/api", "sha256-" + IMAGE.hex() + ".sig"),
                        allowed,
                        new Verdict.OutOfScope()),
                arguments(
                        "not decided",
                        rule,
                        api,
                        known(null),
                        waiting("it is not decided yet and the rule requires allow")),
                arguments(
                        "warned, allow required",
                        rule,
                        api,
                        known(Action.WARN),
                        waiting("the decision is warn and the rule requires allow")),
                arguments(
                        "warned, warn required",
                        rule.requiring(Action.WARN),
                        api,
                        known(Action.WARN),
                        new Verdict.Copy(MIRROR)),
                arguments(
                        "allowed, warn required", rule.requiring(Action.WARN), api, allowed, new Verdict.Copy(MIRROR)),
                arguments(
                        "blocked, warn required",
                        rule.requiring(Action.WARN),
                        api,
                        known(Action.BLOCK),
                        waiting("the decision is block and the rule requires warn")),
                arguments(
                        "blocked, nothing required",
                        rule.requiring(null),
                        api,
                        known(Action.BLOCK),
                        new Verdict.Copy(MIRROR)),
                arguments("in sync", rule, api, copied(IMAGE, Set.of(), Set.of()), new Verdict.InSync(MIRROR)),
                arguments("moved since", rule, api, copied(OLDER, Set.of(), Set.of()), new Verdict.Copy(MIRROR)),
                arguments(
                        "late referrer",
                        rule,
                        api,
                        copied(IMAGE, Set.of(SIGNATURE), Set.of()),
                        new Verdict.Copy(MIRROR)),
                arguments(
                        "referrer copied",
                        rule,
                        api,
                        copied(IMAGE, Set.of(SIGNATURE), Set.of(SIGNATURE)),
                        new Verdict.InSync(MIRROR)),
                arguments(
                        "late referrer not wanted",
                        rule.withoutReferrers(),
                        api,
                        copied(IMAGE, Set.of(SIGNATURE), Set.of()),
                        new Verdict.InSync(MIRROR)),
                arguments(
                        "same place",
                        rule.to("left", "{repository}"),
                        api,
                        allowed,
                        new Verdict.Refused("source and target are the same")),
                arguments(
                        "into its own scope",
                        rule.to("left", "shop/mirror/{repository}"),
                        api,
                        allowed,
                        new Verdict.Refused(
                                "the copy left/shop/mirror/shop/api:1.0 would itself be in the scope of the rule")),
                arguments(
                        "same registry, out of scope",
                        rule.to("left", "mirror/{repository}"),
                        api,
                        allowed,
                        new Verdict.Copy(new CopyTarget("left", "mirror/shop/api", "1.0"))),
                arguments(
                        "target unknown",
                        rule,
                        api,
                        new Known(TargetMode.UNKNOWN, OWNERS, Optional.of(Action.ALLOW), Set.of(), Optional.empty()),
                        new Verdict.Refused("there is no registry 'right'")),
                arguments(
                        "target observed",
                        rule,
                        api,
                        new Known(TargetMode.OBSERVE, OWNERS, Optional.of(Action.ALLOW), Set.of(), Optional.empty()),
                        new Verdict.Observed(MIRROR, "the target registry is in observe mode")),
                arguments(
                        "disabled",
                        rule.disabled(),
                        api,
                        allowed,
                        new Verdict.Observed(MIRROR, "the rule is disabled")),
                arguments(
                        "semver",
                        rule.tags(List.of(), List.of(), ">=1.0"),
                        api,
                        allowed,
                        new Verdict.Refused("the rule selects by semver, which is not supported yet")),
                arguments(
                        "platforms",
                        rule.platforms("linux/amd64"),
                        api,
                        allowed,
                        new Verdict.Refused("the rule selects platforms, which is not supported yet")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void decides(String what, TestRule rule, SourceTag tag, Known known, Verdict expected) {
        assertThat(Planner.plan(rule.rule(), tag, known)).isEqualTo(expected);
    }

    /** Claims are {@code project=pattern}; the rule is the project {@code default}'s, from shop/api to mirror/shop/api. */
    @ParameterizedTest
    @CsvSource({
        "default,                    default,                      Copy",
        "landlord,                   default,                      Copy",
        "default,                    landlord,                     Copy",
        "default a=shop/**,          default,                      OutOfScope",
        "landlord a=shop/**,         default,                      OutOfScope",
        "landlord default=shop/**,   default,                      Copy",
        "landlord a=** default=shop/**, default,                   Copy",
        "landlord a=elsewhere/**,    default,                      Copy",
        "default,                    default a=mirror/**,          Refused",
        "default,                    landlord a=mirror/shop/**,    Refused",
        "default,                    landlord default=mirror/**,   Copy",
        "default,                    landlord a=shop/**,           Copy",
    })
    void aRuleReachesNoRepositoryThatAThirdProjectClaims(String source, String target, String verdict) {
        var known = new Known(
                TargetMode.ENFORCE,
                new Owners(ownersOf(source), ownersOf(target)),
                Optional.of(Action.ALLOW),
                Set.of(),
                Optional.empty());

        assertThat(Planner.plan(TestRule.make().rule(), tag("left", "shop/api", "1.0"), known)
                        .getClass()
                        .getSimpleName())
                .isEqualTo(verdict);
    }

    @Test
    void refusesATargetThatIsNoRepository() {
        var rule = TestRule.make().to("right", "Mirror/{repository}").rule();
        assertThat(Planner.plan(rule, tag("left", "shop/api", "1.0"), known(Action.ALLOW)))
                .isInstanceOf(Verdict.Refused.class)
                .extracting(Verdict::reason)
                .asString()
                .contains("no valid name", "capital letters");
    }

    @Test
    void knowsWhatAllItsRepositoriesBeginWith() {
        assertThat(TestRule.make().from("left", "shop/**", "shop/eu/*").rule().repositoryPrefix())
                .isEqualTo("shop/");
        assertThat(TestRule.make().from("left", "shop/**", "infra/**").rule().repositoryPrefix())
                .isEmpty();
        assertThat(TestRule.make().from("left", "shop/api").rule().repositoryPrefix())
                .isEqualTo("shop/api");
    }

    private static Owners owners(String source, String target) {
        return new Owners(ownersOf(source), ownersOf(target));
    }

    /** The registry's project, then claims. */
    private static RepositoryOwners ownersOf(String text) {
        var parts = text.split(" ");
        return RepositoryOwners.of(
                parts[0],
                Stream.of(parts)
                        .skip(1)
                        .map(claim -> claim.split("=", 2))
                        .map(claim -> new Claim(claim[0], claim[1]))
                        .toList());
    }

    private static SourceTag tag(String registry, String repository, String tag) {
        return new SourceTag(registry, repository, tag, IMAGE, Instant.EPOCH);
    }

    private static Known known(@Nullable Action decision) {
        return new Known(TargetMode.ENFORCE, OWNERS, Optional.ofNullable(decision), Set.of(), Optional.empty());
    }

    private static Known copied(Digest digest, Set<Digest> known, Set<Digest> copied) {
        return new Known(
                TargetMode.ENFORCE, OWNERS, Optional.of(Action.ALLOW), known, Optional.of(new Copied(digest, copied)));
    }

    private static Verdict waiting(String reason) {
        return new Verdict.Waiting(MIRROR, reason);
    }
}
