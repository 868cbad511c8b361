package dev.longshore.config.registry;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One step of reaching a registry.
 *
 * @param code stable, of the problem that was met; null unless it failed
 * @param message what was found, as a sentence
 * @param advice what to do about it; null if nothing
 */
public record Step(
        Name name,
        Outcome outcome,
        @Nullable String code,
        Duration duration,
        String message,
        @Nullable String advice) {

    /** In the order in which they are made. */
    public enum Name {
        @JsonProperty("address")
        ADDRESS,
        @JsonProperty("connection")
        CONNECTION,
        @JsonProperty("tls")
        TLS,
        @JsonProperty("api")
        API,
        @JsonProperty("credentials")
        CREDENTIALS,
        @JsonProperty("listing")
        LISTING,
        @JsonProperty("referrers")
        REFERRERS,
        @JsonProperty("deletes")
        DELETES
    }

    public enum Outcome {
        @JsonProperty("ok")
        OK,
        @JsonProperty("failed")
        FAILED,
        @JsonProperty("skipped")
        SKIPPED
    }
}
