package dev.longshore.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Map;

/** Notifications of registries as they came, keyed by registry. */
public sealed interface WebhookEvent extends Event {

    @Override
    @JsonIgnore
    default Topic topic() {
        return Topic.WEBHOOKS;
    }

    /**
     * Authenticated and stored; the body is JSON of some kind.
     *
     * @param delivery id under which the API shows it
     * @param headers lower-case names; secrets are removed
     */
    @EventType("dev.longshore.webhook.received.v1")
    record WebhookReceived(
            String project,
            String registry,
            String vendor,
            String delivery,
            Map<String, String> headers,
            String body,
            Instant receivedAt)
            implements WebhookEvent {
        @Override
        public String key() {
            return registry;
        }
    }

    /** Written by a newer producer. */
    record Unrecognized(@JsonIgnore(false) String type, String project) implements WebhookEvent {
        @Override
        public String key() {
            return "unrecognized";
        }
    }
}
