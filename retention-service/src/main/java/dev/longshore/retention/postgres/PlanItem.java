package dev.longshore.retention.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.longshore.kit.event.StoredJson;
import dev.longshore.oci.Digest;
import dev.longshore.oci.ImageReference;
import dev.longshore.retention.domain.policy.Reason;
import jakarta.persistence.Tuple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of a tag, or of a manifest without one.
 *
 * @param state what became of what was to be deleted; null for what stays
 * @param outcomeCode why it stayed although it was to be deleted
 */
public record PlanItem(
        long id,
        ImageReference reference,
        Digest digest,
        String verdict,
        List<Reason> reasons,
        @Nullable String state,
        @Nullable String outcomeCode,
        @Nullable String outcome) {

    public PlanItem {
        reasons = List.copyOf(reasons);
    }

    static PlanItem from(Tuple row) {
        var registry = row.get("registry", String.class);
        var repository = row.get("repository", String.class);
        var digest = Digest.parse(row.get("digest", String.class));
        var tag = row.get("tag", String.class);
        return new PlanItem(
                row.get("id", Number.class).longValue(),
                tag == null
                        ? ImageReference.pinned(registry, repository, digest)
                        : ImageReference.tagged(registry, repository, tag),
                digest,
                row.get("verdict", String.class),
                StoredJson.read(row.get("reasons", String.class), new TypeReference<List<Reason>>() {}),
                row.get("state", String.class),
                row.get("outcome_code", String.class),
                row.get("outcome", String.class));
    }
}
