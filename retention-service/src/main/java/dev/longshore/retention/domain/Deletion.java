package dev.longshore.retention.domain;

import dev.longshore.oci.Digest;
import dev.longshore.retention.domain.policy.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One deletion of a plan, as it is stored. By itself it allows nothing: see {@link Decision.Delete}.
 *
 * @param onlyTag the tag that goes while the manifest stays; null if the manifest goes, and all its tags with it
 * @param tags that go
 * @param pushedAt when the last of what goes was pushed, as far as was known when it was planned
 * @param after manifests that must be gone before: the indexes that name this one, what it refers to
 */
public record Deletion(
        @Nullable String onlyTag,
        Digest digest,
        List<String> tags,
        Instant pushedAt,
        Set<Digest> after,
        List<Reason> reasons) {

    public Deletion {
        tags = List.copyOf(tags);
        after = Set.copyOf(after);
        reasons = List.copyOf(reasons);
    }
}
