package dev.longshore.replication.domain;

import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.oci.Digest;
import java.util.Optional;
import java.util.Set;

/**
 * What the service knows of one tag under one rule.
 *
 * @param decision about the tag's present digest
 * @param referrers of that digest, its children and their referrers, as the inventory has them
 * @param copied what was last copied for this rule from this tag to its present target
 */
public record Known(TargetMode target, Optional<Action> decision, Set<Digest> referrers, Optional<Copied> copied) {

    public Known {
        referrers = Set.copyOf(referrers);
    }

    /** How the target registry may be treated. */
    public enum TargetMode {
        UNKNOWN,
        OBSERVE,
        ENFORCE
    }

    public record Copied(Digest digest, Set<Digest> referrers) {
        public Copied {
            referrers = Set.copyOf(referrers);
        }
    }
}
