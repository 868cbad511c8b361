package dev.longshore.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who did what, keyed by actor. */
public sealed interface AuditEvent extends Event {

    @Override
    @JsonIgnore
    default Topic topic() {
        return Topic.AUDIT;
    }

    enum Result {
        @JsonProperty("succeeded")
        SUCCEEDED,
        @JsonProperty("refused")
        REFUSED,
        @JsonProperty("failed")
        FAILED
    }

    /**
     * One action of one actor, with what came of it.
     *
     * @param actor a user's name, or {@code service:<name>} for what a service did of itself
     * @param address from where, as the gateway saw it
     * @param action a dotted verb: {@code registry.created}, {@code image.copied}, {@code session.opened}
     * @param resource what it was done to, as the API names it: {@code registries/left}, {@code left/shop/api:1.0}
     * @param before the resource before, secrets left out; absent when it was made
     * @param after the resource after, secrets left out; absent when it was removed
     */
    @EventType("dev.longshore.audit.recorded.v1")
    record AuditRecorded(
            String project,
            String actor,
            @Nullable String address,
            @Nullable String token,
            String action,
            String resource,
            Result result,
            @Nullable String detail,
            @Nullable Map<String, Object> before,
            @Nullable Map<String, Object> after,
            @Nullable String traceId,
            Instant occurredAt)
            implements AuditEvent {
        @Override
        public String key() {
            return actor;
        }

        @Override
        public String subject() {
            return resource;
        }
    }

    /** Written by a newer producer. */
    record Unrecognized(@JsonIgnore(false) String type, String project) implements AuditEvent {
        @Override
        public String key() {
            return "unrecognized";
        }
    }
}
