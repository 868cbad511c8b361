package dev.longshore.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far long work is; keyed by execution. Sent directly and may be lost: nothing may depend on it. */
public sealed interface ProgressEvent extends Event {

    @Override
    @JsonIgnore
    default Topic topic() {
        return Topic.PROGRESS;
    }

    /**
     * At most one a second per execution.
     *
     * @param kind what is done: {@code scan}, {@code copy}, {@code push}, {@code delete}
     * @param progress percent, 0 to 100
     * @param state of the execution: {@code running}, {@code succeeded}, {@code failed}, {@code stopped}
     * @param requestedBy whose execution it is, where that is told
     */
    @EventType("dev.longshore.progress.reported.v1")
    record ProgressReported(
            String project,
            String execution,
            String kind,
            @Nullable String reference,
            double progress,
            String state,
            String message,
            Instant reportedAt,
            @Nullable String requestedBy)
            implements ProgressEvent {

        public ProgressReported(
                String project,
                String execution,
                String kind,
                @Nullable String reference,
                double progress,
                String state,
                String message,
                Instant reportedAt) {
            this(project, execution, kind, reference, progress, state, message, reportedAt, null);
        }

        @Override
        public String key() {
            return execution;
        }
    }

    /** Written by a newer producer. */
    record Unrecognized(@JsonIgnore(false) String type, String project) implements ProgressEvent {
        @Override
        public String key() {
            return "unrecognized";
        }
    }
}
