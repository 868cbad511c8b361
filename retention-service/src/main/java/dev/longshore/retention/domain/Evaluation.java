package dev.longshore.retention.domain;

import dev.longshore.retention.domain.inventory.RepositoryInventory;
import dev.longshore.retention.domain.inventory.StoredManifest;
import dev.longshore.retention.domain.inventory.StoredTag;
import dev.longshore.retention.domain.policy.Reason;
import dev.longshore.retention.domain.policy.RetentionPolicy;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a policy says of a repository: a line for each tag and each manifest without one, and the deletions in an order in
 * which one may stop anywhere and all that is left still pulls.
 *
 * @param incomplete why nothing is deleted at all; then there are no deletions and all items stay
 */
public record Evaluation(List<Item> items, List<Decision.Delete> deletions, Optional<Reason> incomplete) {

    public Evaluation {
        items = List.copyOf(items);
        deletions = List.copyOf(deletions);
        if (incomplete.isPresent() && !deletions.isEmpty()) {
            throw new IllegalArgumentException("What is incomplete deletes nothing");
        }
    }

    public boolean isComplete() {
        return incomplete.isEmpty();
    }

    /** @throws RuntimeException and then nothing may be deleted */
    public static Evaluation of(RetentionPolicy policy, RepositoryInventory inventory, Circumstances circumstances) {
        return new EvaluateRetention(policy, inventory, circumstances, Set.of()).evaluate();
    }

    static Evaluation keepingAll(RepositoryInventory inventory, Reason reason) {
        var tagged = inventory.tags().stream().map(StoredTag::digest).collect(Collectors.toSet());
        var ofTags = inventory.tags().stream()
                .sorted(Comparator.comparing(StoredTag::tag))
                .map(tag -> new Item(tag.tag(), tag.digest(), Verdict.KEEP, List.of(reason)));
        var untagged = inventory.manifests().stream()
                .map(StoredManifest::digest)
                .filter(digest -> !tagged.contains(digest))
                .sorted()
                .map(digest -> new Item(null, digest, Verdict.KEEP, List.of(reason)));
        return new Evaluation(Stream.concat(ofTags, untagged).toList(), List.of(), Optional.of(reason));
    }
}
