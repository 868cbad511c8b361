package dev.longshore.retention.domain;

import dev.longshore.oci.Digest;
import dev.longshore.retention.domain.policy.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a plan: what is to become of a tag, or of a manifest without one, and why.
 *
 * @param tag null for a manifest without a tag
 */
public record Item(@Nullable String tag, Digest digest, Verdict verdict, List<Reason> reasons) {

    public Item {
        reasons = List.copyOf(reasons);
    }
}
