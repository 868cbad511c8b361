package dev.longshore.replication.plan;

import dev.longshore.oci.ImageReference;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code copy} task is to do.
 *
 * @param rule absent for a copy on demand
 * @param verify looks at the target even if the image is remembered as copied
 */
public record CopyTask(
        @Nullable String rule, ImageReference source, ImageReference target, String requestedBy, boolean verify) {

    public static final String KIND = "copy";

    /** Two copies to one tag wait for each other. */
    public String lane() {
        return "copy/" + target;
    }

    public String naturalKey() {
        return (rule == null ? "" : rule) + " " + source + " " + target;
    }
}
