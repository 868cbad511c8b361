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
            items(
                    digest,
                    Verdict.KEEP,
                    new Reason(REGISTRY_CANNOT_DELETE, going.text() + ", but the registry deletes no manifests"));
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
            } else if (graph.isAttachment(tag) || !isWanted(digest) || isNeededElsewhere(digest)) {
                items.add(new Item(tag.tag(), digest, Verdict.KEEP, List.of(cause(digest))));
            } else {
                mayLose(tag);
            }
        }
    }

    /**
     * Whether it would stay without its tags: something that stays leads to it, or to what refers to it. Losing a tag
     * would then leave something that people know by it without a name.
     */
    private boolean isNeededElsewhere(Digest digest) {
        var own = graph.withReferrers(digest);
        return own.stream()
                .anyMatch(member -> (!member.equals(digest) && staysByItself(member))
                        || graph.above(member).stream().anyMatch(above -> !own.contains(above) && fate.stays(above))
                        // What waits for itself to go first stays whatever its tags.
                        || graph.isInCircle(member));
    }

    private boolean staysByItself(Digest digest) {
        return ofManifests.containsKey(digest) || isWanted(digest);
    }

    /** For one of its tags. */
    private boolean isWanted(Digest digest) {
        return graph.tags(digest).stream()
                .anyMatch(tag -> !ofTags.getOrDefault(tag.tag(), List.of()).isEmpty());
    }

    /** Another tag keeps the manifest. */
    private void mayLose(StoredTag tag) {
        if (!deletes.manifests() || !deletes.tags()) {
            var cannot = new Reason(
                    REGISTRY_CANNOT_DELETE_TAGS,
                    "no rule keeps it, but another tag keeps the manifest, and the registry cannot delete a tag alone");
            items.add(new Item(tag.tag(), tag.digest(), Verdict.KEEP, List.of(cannot)));
            return;
        }
        var reasons = List.of(new Reason(NO_RULE_KEEPS_IT, "no rule keeps this tag; another keeps the manifest"));
        items.add(new Item(tag.tag(), tag.digest(), Verdict.DELETE, reasons));
        onlyTags.add(new Delete(new Deletion(
                tag.tag(), tag.digest(), List.of(tag.tag()), tag.pushed().latest(), Set.of(), reasons)));
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
