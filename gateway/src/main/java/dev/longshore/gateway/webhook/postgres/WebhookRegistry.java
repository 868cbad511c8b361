package dev.longshore.gateway.webhook.postgres;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import java.time.Instant;
import java.util.Optional;

/**
 * What the webhook door needs of a registry, without its credentials.
 *
 * @param deletedAt when it was removed; it is known for a while after
 */
public record WebhookRegistry(RegistryConfigured configured, Optional<Instant> deletedAt) {

    public String name() {
        return configured.name();
    }
}
