package dev.longshore.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a registry said of its limits, for all services that speak to it; keyed by registry. */
public sealed interface LimitEvent extends Event {

    @Override
    @JsonIgnore
    default Topic topic() {
        return Topic.LIMITS;
    }

    /**
     * One service was told something; the last record holds.
     *
     * @param throttledUntil when the registry may be asked again after a 429
     * @param pullsLeft of the pull budget, where the registry reports one
     */
    @EventType("dev.longshore.limit.observed.v1")
    record LimitObserved(
            String project,
            String registry,
            @Nullable Instant throttledUntil,
            @Nullable Long pullsLeft,
            Instant observedAt)
            implements LimitEvent {
        @Override
        public String key() {
            return registry;
        }
    }

    /** Written by a newer producer. */
    record Unrecognized(@JsonIgnore(false) String type, String project) implements LimitEvent {
        @Override
        public String key() {
            return "unrecognized";
        }
    }
}
