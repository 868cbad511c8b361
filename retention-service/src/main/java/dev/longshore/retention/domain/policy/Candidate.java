package dev.longshore.retention.domain.policy;

import dev.longshore.oci.Digest;
import dev.longshore.retention.domain.inventory.PushTime;
import java.time.Instant;
import java.util.Optional;

/**
 * A tag as the rules see it.
 *
 * @param isImage false for what refers to an image: it is judged, but takes no image's place among the last
 * @param created when it was built; empty if that is not known
 * @param pulled when it was last pulled, by tag or by digest; empty if no pull is known of
 */
public record Candidate(
        String tag,
        Digest digest,
        boolean isImage,
        PushTime pushed,
        Optional<Instant> created,
        Optional<Instant> pulled,
        Optional<SemanticVersion> version) {}
