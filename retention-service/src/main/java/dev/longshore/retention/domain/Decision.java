package dev.longshore.retention.domain;

import dev.longshore.retention.domain.policy.Reason;
import java.util.List;
import java.util.Objects;

/** Whether a deletion may be done now. */
public sealed interface Decision {

    Deletion deletion();

    /** It may not. */
    record Keep(Deletion deletion, List<Reason> reasons) implements Decision {
        public Keep {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * It may. Whoever deletes must have one; only a complete evaluation makes one, so it is no record: those can be made
     * by anybody.
     */
    final class Delete implements Decision {

        private final Deletion deletion;

        Delete(Deletion deletion) {
            this.deletion = Objects.requireNonNull(deletion);
        }

        @Override
        public Deletion deletion() {
            return deletion;
        }

        @Override
        public String toString() {
            return "Delete[" + deletion + "]";
        }
    }
}
