package dev.longshore.retention.domain;

import static dev.longshore.retention.domain.policy.Reason.Code.NEEDED;
import static dev.longshore.retention.domain.policy.Reason.Code.NO_RULE_KEEPS_IT;
import static dev.longshore.retention.domain.policy.Reason.Code.REGISTRY_CANNOT_DELETE;
import static dev.longshore.retention.domain.policy.Reason.Code.REGISTRY_CANNOT_DELETE_TAGS;

import dev.longshore.oci.Digest;
import dev.longshore.retention.domain.Decision.Delete;
import dev.longshore.retention.domain.inventory.Graph;
import dev.longshore.retention.domain.inventory.StoredTag;
import dev.longshore.retention.domain.policy.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a complete evaluation comes to: a line for everything, and the deletions in their order. */
final class Outcome {

    private final Graph graph;
    private final RegistryDeletes deletes;
    private final Map<String, List<Reason>> ofTags;
    private final Map<Digest, List<Reason>> ofManifests;
    private final Fate fate;
    private final List<Item> items = new ArrayList<>();
    private final List<Delete> onlyTags = new ArrayList<>();
    private final Map<Digest, Deletion> manifests = new TreeMap<>();

    Outcome(
            Graph graph,
            RegistryDeletes deletes,
            Map<String, List<Reason>> ofTags,
            Map<Digest, List<Reason>> ofManifests,
            Fate fate) {
        this.graph = graph;
        this.deletes = deletes;
        this.ofTags = ofTags;
        this.ofManifests = ofManifests;
        this.fate = fate;
    }

    Evaluation evaluation() {
        graph.manifests().keySet().forEach(this::conclude);
        items.sort(Comparator.comparing(Item::tag, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(Item::digest));
        onlyTags.sort(Comparator.comparing(delete -> delete.deletion().tags().getFirst()));
        var ordered = new ArrayList<>(onlyTags);
        SafeOrder.of(manifests).stream().map(Delete::new).forEach(ordered::add);
        return new Evaluation(items, ordered, Optional.empty());
    }

    private void conclude(Digest digest) {
        var going = fate.going().get(digest);
        if (going == null) {
            stays(digest);
        } else if (deletes.manifests()) {
            goes(digest, going);
        } else {
            wouldGo(digest, going);
        }
    }

    private void goes(Digest digest, Reason reason) {
        var tags = graph.tags(digest);
        var after = graph.above(digest);
        after.removeIf(fate::stays);
        manifests.put(
                digest,
                new Deletion(
                        null,
                        digest,
                        tags.stream().map(StoredTag::tag).toList(),
                        graph.lastPush(digest),
                        after,
                        List.of(reason)));
        items(digest, Verdict.DELETE, reason);
    }

    private void wouldGo(Digest digest, Reason reason) {
        var cannot = new Reason(REGISTRY_CANNOT_DELETE, reason.text() + ", but the registry deletes no manifests");
        for (var tag : graph.tags(digest)) {
            if (deletes.tags() && !graph.isAttachment(tag)) {
                loses(tag, reason);
            } else {
                items.add(new Item(tag.tag(), digest, Verdict.KEEP, List.of(cannot)));
            }
        }
        if (graph.tags(digest).isEmpty()) {
            items.add(new Item(null, digest, Verdict.KEEP, List.of(cannot)));
        }
    }

    private void stays(Digest digest) {
        var own = ofManifests.getOrDefault(digest, List.of());
        var tags = graph.tags(digest);
        if (tags.isEmpty()) {
            items.add(new Item(null, digest, Verdict.KEEP, own.isEmpty() ? List.of(cause(digest)) : own));
        }
        for (var tag : tags) {
            var wanted = ofTags.getOrDefault(tag.tag(), List.of());
            if (!wanted.isEmpty() || !own.isEmpty()) {
                items.add(new Item(tag.tag(), digest, Verdict.KEEP, wanted.isEmpty() ? own : wanted));
            } else if (graph.isAttachment(tag) || fate.cause(digest).isPresent()) {
                items.add(new Item(tag.tag(), digest, Verdict.KEEP, List.of(cause(digest))));
            } else {
                mayLose(tag);
            }
        }
    }

    /** Another tag keeps the manifest. */
    private void mayLose(StoredTag tag) {
        if (deletes.tags()) {
            loses(tag, new Reason(NO_RULE_KEEPS_IT, "no rule keeps this tag; another keeps the manifest"));
            return;
        }
        var cannot = new Reason(
                REGISTRY_CANNOT_DELETE_TAGS,
                "no rule keeps it, but another tag keeps the manifest, and the registry cannot delete a tag alone");
        items.add(new Item(tag.tag(), tag.digest(), Verdict.KEEP, List.of(cannot)));
    }

    private void loses(StoredTag tag, Reason reason) {
        items.add(new Item(tag.tag(), tag.digest(), Verdict.DELETE, List.of(reason)));
        onlyTags.add(new Delete(new Deletion(
                tag.tag(), tag.digest(), List.of(tag.tag()), tag.pushed().latest(), Set.of(), List.of(reason))));
    }

    private void items(Digest digest, Verdict verdict, Reason reason) {
        var tags = graph.tags(digest);
        tags.forEach(tag -> items.add(new Item(tag.tag(), digest, verdict, List.of(reason))));
        if (tags.isEmpty()) {
            items.add(new Item(null, digest, verdict, List.of(reason)));
        }
    }

    private Reason cause(Digest digest) {
        return fate.cause(digest).orElseGet(() -> new Reason(NEEDED, "what it belongs to stays"));
    }
}
