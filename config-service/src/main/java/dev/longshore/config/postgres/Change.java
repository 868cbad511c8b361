package dev.longshore.config.postgres;

import dev.longshore.config.domain.Stored;

/** What became of a resource that was put. */
public record Change(Outcome outcome, Stored stored) {

    public enum Outcome {
        CREATED,
        CHANGED,
        UNCHANGED
    }
}
