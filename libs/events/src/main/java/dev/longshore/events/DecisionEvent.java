package dev.longshore.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.longshore.oci.Digest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was decided about an image, keyed by {@code registry/repository@digest}; a null record when the image is gone. */
public sealed interface DecisionEvent extends Event {

    @Override
    @JsonIgnore
    default Topic topic() {
        return Topic.DECISIONS;
    }

    static String key(String registry, String repository, Digest digest) {
        return registry + "/" + repository + "@" + digest;
    }

    /** In the order of strictness: the strictest of several wins. */
    enum Action {
        @com.fasterxml.jackson.annotation.JsonProperty("allow")
        ALLOW,
        @com.fasterxml.jackson.annotation.JsonProperty("warn")
        WARN,
        @com.fasterxml.jackson.annotation.JsonProperty("block")
        BLOCK
    }

    /**
     * Why.
     *
     * @param code stable: {@code vulnerability}, {@code exempted}, {@code no-policy}, {@code unscanned}, {@code scan-failed},
     *     {@code not-applicable}, {@code child}, {@code clean}
     * @param text a sentence for people
     */
    record Reason(
            String code,
            String text,
            Action action,
            @Nullable String policy,
            @Nullable String vulnerability,
            @Nullable String severity,
            @Nullable String exemption) {}

    record PolicyVersion(String name, long version) {}

    /** The whole state of the decision: each record replaces the one before. {@code revision} grows with each. */
    @EventType("dev.longshore.image.decided.v1")
    record ImageDecided(
            String project,
            String registry,
            String repository,
            Digest digest,
            Action action,
            List<Reason> reasons,
            List<PolicyVersion> policies,
            Instant decidedAt,
            long revision)
            implements DecisionEvent {
        @Override
        public String key() {
            return DecisionEvent.key(registry, repository, digest);
        }
    }

    /** Written by a newer producer. */
    record Unrecognized(@JsonIgnore(false) String type, String project) implements DecisionEvent {
        @Override
        public String key() {
            return "unrecognized";
        }
    }
}
