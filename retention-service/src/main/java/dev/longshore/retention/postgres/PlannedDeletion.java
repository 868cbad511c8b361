package dev.longshore.retention.postgres;

import dev.longshore.kit.event.StoredJson;
import dev.longshore.oci.ImageReference;
import dev.longshore.retention.domain.Deletion;
import jakarta.persistence.Tuple;

/**
 * A deletion of a plan and how far it is.
 *
 * @param state {@code planned}, {@code deleted}, {@code kept}, {@code gone} (somebody else deleted it) or {@code failed}
 */
public record PlannedDeletion(
        long id, String plan, String project, String registry, String repository, Deletion deletion, String state) {

    /** By the tag if only that goes. */
    public ImageReference reference() {
        var tag = deletion.onlyTag();
        return tag == null
                ? ImageReference.pinned(registry, repository, deletion.digest())
                : ImageReference.tagged(registry, repository, tag);
    }

    /** Whether there is something left to do: what failed may be tried again. */
    public boolean isOpen() {
        return state.equals("planned") || state.equals("failed");
    }

    /** Whether the manifest is no longer there since the plan was begun to be applied. */
    public boolean isManifestGone() {
        return deletion.onlyTag() == null && (state.equals("deleted") || state.equals("gone"));
    }

    static PlannedDeletion from(Tuple row) {
        return new PlannedDeletion(
                row.get("id", Number.class).longValue(),
                row.get("plan_id", String.class),
                row.get("project", String.class),
                row.get("registry", String.class),
                row.get("repository", String.class),
                StoredJson.read(row.get("deletion", String.class), Deletion.class),
                row.get("state", String.class));
    }
}
