package dev.longshore.retention.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.events.ConfigEvent.Keep;
import dev.longshore.events.ConfigEvent.RetentionPolicyConfigured;
import dev.longshore.events.ConfigEvent.RetentionRule;
import dev.longshore.events.Glob;
import dev.longshore.oci.Digest;
import dev.longshore.retention.domain.Decision.Delete;
import dev.longshore.retention.domain.inventory.RepositoryInventory;
import dev.longshore.retention.domain.inventory.StoredManifest;
import dev.longshore.retention.domain.inventory.StoredTag;
import dev.longshore.retention.domain.policy.RetentionPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What holds whatever a repository looks like. Written without the code's own graph: it would have the same mistake. */
final class RetentionProperties {

    private final RetentionPolicyConfigured policy;
    private final RepositoryInventory inventory;
    private final Circumstances circumstances;
    private final Evaluation evaluation;
    private final Set<Digest> deleted;

    RetentionProperties(long seed, boolean isOdd) {
        var world = new RandomWorld(seed, isOdd);
        this.policy = world.policy();
        this.inventory = world.inventory();
        this.circumstances = world.circumstances();
        this.evaluation = evaluate(policy, inventory);
        this.deleted = evaluation.deletions().stream()
                .map(Delete::deletion)
                .filter(deletion -> deletion.onlyTag() == null)
                .map(Deletion::digest)
                .collect(Collectors.toSet());
    }

    void check() {
        assertThat(evaluation.isComplete()).isTrue();
        everyTagAndManifestHasOneLine();
        deletionsAreWhatTheLinesSay();
        nothingThatStaysNeedsWhatGoes();
        whatMustStayStays();
        theRegistryIsAskedForNoMoreThanItCan();
        stoppingAnywhereLeavesNothingBroken();
        keepingMoreNeverDeletesMore();
        theOrderOfReadingDoesNotMatter();
        aHoleStopsEverything();
        applyingDeletesExactlyThePlan(true);
        applyingDeletesExactlyThePlan(false);
    }

    private Evaluation evaluate(RetentionPolicyConfigured configured, RepositoryInventory of) {
        return Evaluation.of(RetentionPolicy.from(configured), of, circumstances);
    }

    private void everyTagAndManifestHasOneLine() {
        var tagged = inventory.tags().stream().map(StoredTag::digest).collect(Collectors.toSet());
        var expected = Stream.concat(
                        inventory.tags().stream().map(StoredTag::tag),
                        inventory.manifests().stream()
                                .map(StoredManifest::digest)
                                .filter(digest -> !tagged.contains(digest))
                                .map(Digest::toString))
                .toList();
        assertThat(evaluation.items())
                .extracting(RetentionProperties::name)
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(evaluation.items())
                .allSatisfy(item -> assertThat(item.reasons()).isNotEmpty());
    }

    private void deletionsAreWhatTheLinesSay() {
        var lines = evaluation.items().stream()
                .filter(item -> item.verdict() == Verdict.DELETE)
                .map(RetentionProperties::name)
                .toList();
        var deletions = evaluation.deletions().stream()
                .map(Delete::deletion)
                .flatMap(deletion ->
                        deletion.tags().isEmpty() ? Stream.of(deletion.digest().toString()) : deletion.tags().stream())
                .toList();
        assertThat(deletions).containsExactlyInAnyOrderElementsOf(lines);
    }

    private void nothingThatStaysNeedsWhatGoes() {
        for (var manifest : inventory.manifests()) {
            var staysItself = !deleted.contains(manifest.digest());
            if (staysItself) {
                assertThat(Collections.disjoint(deleted, manifest.children())).isTrue();
            }
            for (var subject : subjects(manifest)) {
                if (has(subject)) {
                    assertThat(deleted.contains(manifest.digest())).isEqualTo(deleted.contains(subject));
                }
            }
        }
    }

    /** Of a going image all that refers to it goes, and of one that stays all stays: they share their fate. */
    private List<Digest> subjects(StoredManifest manifest) {
        var subjects = new ArrayList<Digest>();
        if (manifest.subject() != null && !manifest.subject().equals(manifest.digest())) {
            subjects.add(manifest.subject());
        }
        inventory.tags().stream()
                .filter(tag ->
                        tag.digest().equals(manifest.digest()) && tag.tag().startsWith("sha256-"))
                .map(tag -> Digest.parse("sha256:" + tag.tag().substring(7, 71)))
                .filter(subject -> !subject.equals(manifest.digest()))
                .forEach(subjects::add);
        return subjects;
    }

    private void whatMustStayStays() {
        var youngerThan = RandomWorld.NOW.minus(circumstances.eventDelay());
        var protectedTags = policy.protect().stream().map(Glob::parse).toList();
        var always = policy.rules().stream()
                .filter(rule -> Boolean.TRUE.equals(rule.keep().always()))
                .flatMap(rule -> rule.tags().stream())
                .map(Glob::parse)
                .toList();
        for (var tag : inventory.tags()) {
            var isAttachment = tag.tag().startsWith("sha256-")
                    && !tag.tag().contains(tag.digest().hex());
            if (tag.pushed().latest().isAfter(youngerThan)
                    || protectedTags.stream().anyMatch(glob -> glob.matches(tag.tag()))
                    || (!isAttachment && always.stream().anyMatch(glob -> glob.matches(tag.tag())))) {
                assertThat(goingTags(evaluation)).doesNotContain(tag.tag());
                assertThat(deleted).doesNotContain(tag.digest());
            }
        }
        assertThat(Collections.disjoint(deleted, circumstances.inUse())).isTrue();
        inventory.manifests().stream()
                .filter(manifest -> manifest.pushed().latest().isAfter(youngerThan))
                .forEach(manifest -> assertThat(deleted).doesNotContain(manifest.digest()));
    }

    private void theRegistryIsAskedForNoMoreThanItCan() {
        if (!circumstances.deletes().manifests()) {
            assertThat(deleted).isEmpty();
        }
        if (!circumstances.deletes().tags()) {
            assertThat(evaluation.deletions())
                    .allSatisfy(
                            delete -> assertThat(delete.deletion().onlyTag()).isNull());
        }
    }

    private void stoppingAnywhereLeavesNothingBroken() {
        var gone = new HashSet<Digest>();
        for (var delete : evaluation.deletions()) {
            var deletion = delete.deletion();
            if (deletion.onlyTag() != null) {
                continue;
            }
            assertThat(gone).containsAll(deletion.after());
            gone.add(deletion.digest());
            for (var manifest : inventory.manifests()) {
                if (!gone.contains(manifest.digest())) {
                    assertThat(Collections.disjoint(gone, manifest.children())).isTrue();
                } else {
                    subjects(manifest).stream()
                            .filter(this::has)
                            .forEach(subject -> assertThat(gone).contains(subject));
                }
            }
        }
    }

    private void keepingMoreNeverDeletesMore() {
        var rules = policy.rules().stream()
                .map(rule -> new RetentionRule(rule.tags(), more(rule.keep())))
                .toList();
        var generous = new RetentionPolicyConfigured(
                policy.project(),
                policy.name(),
                policy.version(),
                policy.scope(),
                rules,
                policy.untagged(),
                policy.protect(),
                policy.minimumKept(),
                policy.schedule(),
                policy.mode(),
                policy.enabled(),
                policy.keepNothing());
        assertThat(going(evaluation)).containsAll(going(evaluate(generous, inventory)));
    }

    private static Keep more(Keep keep) {
        return new Keep(
                more(keep.lastPushed()),
                more(keep.lastPulled()),
                more(keep.lastSemver()),
                more(keep.pushedWithin()),
                more(keep.pulledWithin()),
                more(keep.createdWithin()),
                keep.always());
    }

    private static @Nullable Integer more(@Nullable Integer count) {
        return count == null ? null : count + 1;
    }

    private static @Nullable Duration more(@Nullable Duration time) {
        return time == null ? null : time.plusDays(1);
    }

    private void theOrderOfReadingDoesNotMatter() {
        var manifests = new ArrayList<>(inventory.manifests());
        var tags = new ArrayList<>(inventory.tags());
        Collections.shuffle(manifests, new Random(1));
        Collections.shuffle(tags, new Random(1));
        var again = evaluate(policy, new RepositoryInventory("left", "shop/api", manifests, tags, List.of()));
        assertThat(again.items()).isEqualTo(evaluation.items());
        assertThat(plan(again)).isEqualTo(plan(evaluation));
    }

    private void aHoleStopsEverything() {
        for (var manifest : inventory.manifests()) {
            var isNamed = inventory.tags().stream().anyMatch(tag -> tag.digest().equals(manifest.digest()))
                    || inventory.manifests().stream()
                            .anyMatch(other ->
                                    !other.equals(manifest) && other.children().contains(manifest.digest()));
            if (isNamed) {
                assertThat(evaluate(policy, without(inventory, Set.of(manifest.digest()), Set.of(), false))
                                .deletions())
                        .isEmpty();
            }
        }
    }

    /** @param isHeard whether the inventory hears of each deletion before the next, or of none */
    private void applyingDeletesExactlyThePlan(boolean isHeard) {
        var plan = plan(evaluation);
        var gone = new HashSet<Digest>();
        var lost = new HashSet<String>();
        for (var deletion : plan) {
            var now = isHeard ? without(inventory, gone, lost, true) : inventory;
            var recheck = Recheck.of(RetentionPolicy.from(policy), now, circumstances, plan, gone);
            assertThat(recheck.decide(deletion)).isInstanceOf(Delete.class);
            if (deletion.onlyTag() == null) {
                gone.add(deletion.digest());
            } else {
                lost.add(deletion.onlyTag());
            }
        }
    }

    private static RepositoryInventory without(
            RepositoryInventory inventory, Set<Digest> manifests, Set<String> tags, boolean withTheirTags) {
        return new RepositoryInventory(
                inventory.registry(),
                inventory.repository(),
                inventory.manifests().stream()
                        .filter(manifest -> !manifests.contains(manifest.digest()))
                        .toList(),
                inventory.tags().stream()
                        .filter(tag -> !tags.contains(tag.tag()))
                        .filter(tag -> !withTheirTags || !manifests.contains(tag.digest()))
                        .toList(),
                inventory.doubts());
    }

    private boolean has(Digest digest) {
        return inventory.manifests().stream()
                .anyMatch(manifest -> manifest.digest().equals(digest));
    }

    private static List<Deletion> plan(Evaluation evaluation) {
        return evaluation.deletions().stream().map(Delete::deletion).toList();
    }

    private static Set<String> going(Evaluation evaluation) {
        return evaluation.items().stream()
                .filter(item -> item.verdict() == Verdict.DELETE)
                .map(RetentionProperties::name)
                .collect(Collectors.toSet());
    }

    private static Set<String> goingTags(Evaluation evaluation) {
        return evaluation.deletions().stream()
                .flatMap(delete -> delete.deletion().tags().stream())
                .collect(Collectors.toSet());
    }

    private static String name(Item item) {
        return item.tag() == null ? item.digest().toString() : item.tag();
    }
}
