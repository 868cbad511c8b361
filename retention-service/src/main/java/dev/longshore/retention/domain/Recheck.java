package dev.longshore.retention.domain;

import static dev.longshore.retention.domain.policy.Reason.Code.ALREADY_GONE;
import static dev.longshore.retention.domain.policy.Reason.Code.CHANGED_SINCE;
import static dev.longshore.retention.domain.policy.Reason.Code.STILL_REFERRED_TO;

import dev.longshore.oci.Digest;
import dev.longshore.retention.domain.Decision.Delete;
import dev.longshore.retention.domain.Decision.Keep;
import dev.longshore.retention.domain.inventory.RepositoryInventory;
import dev.longshore.retention.domain.inventory.StoredManifest;
import dev.longshore.retention.domain.inventory.StoredTag;
import dev.longshore.retention.domain.policy.Reason;
import dev.longshore.retention.domain.policy.RetentionPolicy;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether what was planned may still be deleted: only what the policy, asked again over the inventory as it is now,
 * would delete too, and only after all that must go before it. What time has made due since the plan is not in it.
 */
public final class Recheck {

    private final Map<Digest, StoredManifest> inventory;
    private final Map<String, StoredTag> tags;
    private final Evaluation evaluation;
    private final Map<Digest, Deletion> manifestsDue = new HashMap<>();
    private final Map<String, Deletion> tagsDue = new HashMap<>();

    private Recheck(RepositoryInventory inventory, Evaluation evaluation) {
        this.inventory =
                inventory.manifests().stream().collect(Collectors.toMap(StoredManifest::digest, Function.identity()));
        this.tags = inventory.tags().stream().collect(Collectors.toMap(StoredTag::tag, Function.identity()));
        this.evaluation = evaluation;
        for (var delete : evaluation.deletions()) {
            var deletion = delete.deletion();
            if (deletion.onlyTag() == null) {
                manifestsDue.put(deletion.digest(), deletion);
            } else {
                tagsDue.put(deletion.onlyTag(), deletion);
            }
        }
    }

    /**
     * @param policy as it is now
     * @param inventory as it is now; it may still have what was just deleted
     * @param plan all deletions of the plan in this repository
     * @param deleted digests of those that its application has deleted so far
     */
    public static Recheck of(
            RetentionPolicy policy,
            RepositoryInventory inventory,
            Circumstances circumstances,
            List<Deletion> plan,
            Set<Digest> deleted) {
        var planned = plan.stream()
                .filter(deletion -> deletion.onlyTag() == null)
                .collect(Collectors.toMap(Deletion::digest, Function.identity()));
        var gone = new HashSet<>(deleted);
        gone.removeIf(digest -> isBack(planned.get(digest), inventory));
        var left = without(inventory, gone);
        var bereft = planned.values().stream()
                .filter(deletion -> deletion.after().stream().anyMatch(gone::contains))
                .map(Deletion::digest)
                .collect(Collectors.toSet());
        return new Recheck(left, new EvaluateRetention(policy, left, circumstances, bereft).evaluate());
    }

    /** Whether this part of the plan may be deleted now. */
    public Decision decide(Deletion planned) {
        return planned.onlyTag() == null ? decideManifest(planned) : decideTag(planned, planned.onlyTag());
    }

    private Decision decideManifest(Deletion planned) {
        var digest = planned.digest();
        if (!inventory.containsKey(digest)) {
            return keep(planned, ALREADY_GONE, "it is gone already");
        }
        var due = manifestsDue.get(digest);
        if (due == null) {
            return new Keep(planned, reasonsToKeep(digest));
        }
        if (due.pushedAt().isAfter(planned.pushedAt()) || !planned.tags().containsAll(due.tags())) {
            return keep(planned, CHANGED_SINCE, "it was pushed or tagged again since the plan was made");
        }
        return Stream.concat(planned.after().stream(), due.after().stream())
                .filter(inventory::containsKey)
                .min(Comparator.naturalOrder())
                .map(above ->
                        keep(planned, STILL_REFERRED_TO, "%s, which it belongs to, is still there".formatted(above)))
                .orElseGet(() -> new Delete(due));
    }

    private Decision decideTag(Deletion planned, String name) {
        var tag = tags.get(name);
        if (tag == null) {
            return keep(planned, ALREADY_GONE, "it is gone already");
        }
        if (!tag.digest().equals(planned.digest()) || tag.pushed().latest().isAfter(planned.pushedAt())) {
            return keep(planned, CHANGED_SINCE, "the tag was pushed again since the plan was made");
        }
        var due = tagsDue.get(name);
        if (due != null) {
            return new Delete(due);
        }
        return manifestsDue.containsKey(tag.digest())
                ? keep(planned, CHANGED_SINCE, "nothing else keeps the manifest any more, and that was not planned")
                : new Keep(planned, reasonsToKeep(name));
    }

    private List<Reason> reasonsToKeep(Digest digest) {
        return evaluation.items().stream()
                .filter(item -> item.digest().equals(digest) && item.verdict() == Verdict.KEEP)
                .flatMap(item -> item.reasons().stream())
                .distinct()
                .toList();
    }

    private List<Reason> reasonsToKeep(String tag) {
        return evaluation.items().stream()
                .filter(item -> tag.equals(item.tag()))
                .flatMap(item -> item.reasons().stream())
                .toList();
    }

    private static Decision keep(Deletion planned, Reason.Code code, String text) {
        return new Keep(planned, List.of(new Reason(code, text)));
    }

    /** Whether it was pushed again after it was deleted. */
    private static boolean isBack(@Nullable Deletion planned, RepositoryInventory inventory) {
        return planned == null
                || inventory.manifests().stream()
                        .filter(manifest -> manifest.digest().equals(planned.digest()))
                        .anyMatch(manifest -> manifest.pushed().latest().isAfter(planned.pushedAt()))
                || inventory.tags().stream()
                        .filter(tag -> tag.digest().equals(planned.digest()))
                        .anyMatch(tag -> tag.pushed().latest().isAfter(planned.pushedAt())
                                || !planned.tags().contains(tag.tag()));
    }

    private static RepositoryInventory without(RepositoryInventory inventory, Set<Digest> gone) {
        return new RepositoryInventory(
                inventory.registry(),
                inventory.repository(),
                inventory.manifests().stream()
                        .filter(manifest -> !gone.contains(manifest.digest()))
                        .toList(),
                inventory.tags().stream()
                        .filter(tag -> !gone.contains(tag.digest()))
                        .toList(),
                inventory.doubts());
    }
}
