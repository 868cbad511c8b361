package dev.longshore.gateway.webhook;

import dev.longshore.events.ConfigEvent.Secret;
import dev.longshore.gateway.webhook.postgres.WebhookRegistry;
import dev.longshore.kit.secrets.SecretException;
import dev.longshore.kit.secrets.Secrets;
import dev.longshore.kit.work.BlockingCalls;
import dev.longshore.registries.ConfiguredRegistry;
import dev.longshore.registries.WebhookAuthenticity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tells whether a notification bears its registry's secret, which is opened for this and then forgotten. */
@ApplicationScoped
class WebhookSecrets {

    private static final Logger LOG = Logger.getLogger(WebhookSecrets.class);

    private final Secrets secrets;
    private final BlockingCalls blocking;
    private final boolean acceptWithoutSecret;

    WebhookSecrets(Secrets secrets, BlockingCalls blocking, WebhookConfig config) {
        this.secrets = secrets;
        this.blocking = blocking;
        this.acceptWithoutSecret = config.acceptWithoutSecret();
    }

    /** A secret may be a file: not on the event loop. */
    Uni<Boolean> isAuthentic(WebhookRegistry registry, MultiMap headers, Optional<String> pathSecret) {
        var webhook = registry.configured().webhook();
        var secret = webhook.secret();
        if (secret == null) {
            return Uni.createFrom().item(acceptWithoutSecret);
        }
        return blocking.call(() -> WebhookAuthenticity.of(
                        open(registry, secret, "webhookSecret"),
                        previous(registry, webhook.previousSecret()),
                        webhook.header())
                .accepts(headers::getAll, pathSecret));
    }

    /** The old one may have gone already; the current one still opens the door. */
    private @Nullable String previous(WebhookRegistry registry, @Nullable Secret secret) {
        try {
            return secret == null ? null : open(registry, secret, "previousWebhookSecret");
        } catch (SecretException failure) {
            LOG.warnf("The previous webhook secret of %s does not open: %s", registry.name(), failure.getMessage());
            return null;
        }
    }

    private String open(WebhookRegistry registry, Secret secret, String field) {
        var configured = registry.configured();
        var version = configured.credentials().version();
        return secrets.open(secret, ConfiguredRegistry.binding(configured.name(), configured.url(), version, field));
    }
}
