package dev.longshore.retention.domain;

import static dev.longshore.retention.domain.policy.Reason.Code.GOES_WITH;
import static dev.longshore.retention.domain.policy.Reason.Code.INCOMPLETE;
import static dev.longshore.retention.domain.policy.Reason.Code.IN_USE;
import static dev.longshore.retention.domain.policy.Reason.Code.NO_RULE_KEEPS_IT;
import static dev.longshore.retention.domain.policy.Reason.Code.SUBJECT_UNKNOWN;
import static dev.longshore.retention.domain.policy.Reason.Code.UNTAGGED;
import static dev.longshore.retention.domain.policy.Reason.Code.YOUNG;

import dev.longshore.oci.Digest;
import dev.longshore.retention.domain.inventory.Graph;
import dev.longshore.retention.domain.inventory.PushTime;
import dev.longshore.retention.domain.inventory.RepositoryInventory;
import dev.longshore.retention.domain.inventory.StoredManifest;
import dev.longshore.retention.domain.inventory.StoredTag;
import dev.longshore.retention.domain.policy.Candidates;
import dev.longshore.retention.domain.policy.Durations;
import dev.longshore.retention.domain.policy.Reason;
import dev.longshore.retention.domain.policy.RetentionPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Decides what stays. Each tag, and each manifest that nothing names, is asked for by itself; what stays keeps all that
 * it needs and all that belongs to it; the rest goes.
 */
final class EvaluateRetention {

    private final RetentionPolicy policy;
    private final RepositoryInventory inventory;
    private final Circumstances circumstances;
    private final Set<Digest> bereft;
    private final Graph graph;
    private final Set<Digest> inUse = new TreeSet<>();

    /** Why each tag stays by itself; none: it may go. */
    private final Map<String, List<Reason>> ofTags = new HashMap<>();

    /** Why each manifest stays by itself, whatever its tags. */
    private final Map<Digest, List<Reason>> ofManifests = new TreeMap<>();

    /** What may go by itself, and takes with it what belongs to it. */
    private final Map<Digest, Reason> due = new TreeMap<>();

    /** @param bereft from which the application of a plan has taken the index or the subject: they go with that */
    EvaluateRetention(
            RetentionPolicy policy, RepositoryInventory inventory, Circumstances circumstances, Set<Digest> bereft) {
        this.policy = policy;
        this.inventory = inventory;
        this.circumstances = circumstances;
        this.bereft = bereft;
        this.graph = new Graph(inventory);
        circumstances.inUse().stream()
                .filter(graph::has)
                .map(graph::withAncestors)
                .forEach(inUse::addAll);
    }

    Evaluation evaluate() {
        var objection = policy.objection(inventory.registry(), inventory.repository())
                .or(() -> Stream.concat(inventory.doubts().stream(), graph.missing().stream())
                        .findFirst()
                        .map(doubt -> new Reason(INCOMPLETE, doubt)));
        if (objection.isPresent()) {
            return Evaluation.keepingAll(inventory, objection.get());
        }
        judgeTags();
        graph.manifests().values().forEach(this::judgeManifest);
        var fate = Fate.of(graph, stayingByThemselves(), due);
        return new Outcome(graph, circumstances.deletes(), ofTags, ofManifests, fate).evaluation();
    }

    private void judgeTags() {
        var candidates = new Candidates(graph).all();
        var judges = policy.judges(candidates, circumstances.now());
        for (var candidate : candidates) {
            var reasons = judges.stream().flatMap(judge -> judge.judge(candidate).stream());
            ofTags.put(candidate.tag(), with(reasons, candidate.pushed()));
        }
        graph.attachments().forEach(this::judgeAttachment);
    }

    /** It goes or stays with what it is attached to, unless somebody wants itself. */
    private void judgeAttachment(StoredTag tag) {
        var reasons = policy.protection(tag.tag()).stream();
        var isOrphan = graph.subjectOf(tag).isEmpty() && !bereft.contains(tag.digest());
        ofTags.put(tag.tag(), with(isOrphan ? Stream.concat(reasons, Stream.of(orphan())) : reasons, tag.pushed()));
    }

    private void judgeManifest(StoredManifest manifest) {
        var digest = manifest.digest();
        var isTagged = graph.tags(digest).stream().anyMatch(tag -> !graph.isAttachment(tag));
        var reasons = new ArrayList<>(with(Stream.empty(), manifest.pushed()));
        if (inUse.contains(digest)) {
            reasons.add(new Reason(IN_USE, "it is in use"));
        }
        if (isTagged) {
            due.put(digest, new Reason(NO_RULE_KEEPS_IT, "no rule keeps it"));
        } else if (bereft.contains(digest)) {
            due.put(digest, new Reason(GOES_WITH, "what it belonged to is gone"));
        } else if (manifest.subject() != null && !graph.has(manifest.subject())) {
            reasons.add(orphan());
        } else if (graph.tags(digest).isEmpty() && graph.above(digest).isEmpty()) {
            policy.keepsUntagged(manifest.withoutTagSince(), circumstances.now())
                    .ifPresentOrElse(
                            reasons::add,
                            () -> due.put(digest, new Reason(UNTAGGED, "it has no tag, and is old enough")));
        }
        if (!reasons.isEmpty()) {
            ofManifests.put(digest, reasons);
        }
    }

    private Set<Digest> stayingByThemselves() {
        var staying = new TreeSet<>(ofManifests.keySet());
        inventory.tags().stream()
                .filter(tag -> !ofTags.getOrDefault(tag.tag(), List.of()).isEmpty())
                .forEach(tag -> staying.add(tag.digest()));
        return staying;
    }

    private List<Reason> with(Stream<Reason> reasons, PushTime pushed) {
        var isYoung = pushed.latest().isAfter(circumstances.now().minus(circumstances.eventDelay()));
        return (isYoung ? Stream.concat(reasons, Stream.of(young())) : reasons).toList();
    }

    private Reason young() {
        return new Reason(
                YOUNG, "it was pushed less than %s ago".formatted(Durations.format(circumstances.eventDelay())));
    }

    private static Reason orphan() {
        return new Reason(SUBJECT_UNKNOWN, "what it refers to is not in the inventory");
    }
}
