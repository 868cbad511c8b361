package dev.longshore.gateway.suite;

import dev.longshore.events.ConfigEvent.Kind;
import dev.longshore.events.ConfigEvent.Limits;
import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.events.ConfigEvent.SealedCredentials;
import dev.longshore.events.ConfigEvent.Secret;
import dev.longshore.events.ConfigEvent.Tls;
import dev.longshore.events.ConfigEvent.Webhook;
import dev.longshore.events.Topic;
import dev.longshore.gateway.webhook.postgres.WebhookRegistries;
import dev.longshore.gateway.webhook.postgres.WebhookRegistry;
import dev.longshore.kit.secrets.Secrets;
import dev.longshore.registries.ConfiguredRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Registries, as config-service would tell of them. */
@ApplicationScoped
public class Registries {

    private static final URI ADDRESS = URI.create("http://registry.example:5000");

    private final Topics topics;
    private final Secrets secrets;
    private final WebhookRegistries known;
    private final AtomicLong versions = new AtomicLong();

    Registries(Topics topics, Secrets secrets, WebhookRegistries known) {
        this.topics = topics;
        this.secrets = secrets;
        this.known = known;
    }

    public void configure(String name, String secret) {
        configure(name, secret, null, "Authorization");
    }

    public void configure(String name, @Nullable String secret, @Nullable String previous, String header) {
        var version = versions.incrementAndGet();
        var webhook = new Webhook(
                seal(name, version, secret, "webhookSecret"),
                seal(name, version, previous, "previousWebhookSecret"),
                header);
        topics.publish(configured(name, version, webhook), "config-service");
        Awaitility.await()
                .until(() -> find(name)
                        .filter(found -> found.deletedAt().isEmpty()
                                && found.configured().version() == version)
                        .isPresent());
    }

    public void remove(String name) {
        topics.publishRemoval(Topic.CONFIG, Kind.REGISTRY.key(name));
        Awaitility.await()
                .until(() -> find(name)
                        .filter(found -> found.deletedAt().isPresent())
                        .isPresent());
    }

    public Optional<WebhookRegistry> find(String name) {
        return known.find(name).await().atMost(Duration.ofSeconds(5));
    }

    private @Nullable Secret seal(String name, long version, @Nullable String plain, String field) {
        return plain == null
                ? null
                : new Secret(
                        secrets.seal(plain, ConfiguredRegistry.binding(name, ADDRESS, version, field)), null, null);
    }

    private static RegistryConfigured configured(String name, long version, Webhook webhook) {
        var password = Map.of("password", new Secret("c2VhbGVk", null, null));
        return new RegistryConfigured(
                "default",
                name,
                version,
                "distribution",
                ADDRESS,
                List.of(),
                "enforce",
                new SealedCredentials("basic", version, Map.of("username", "ci"), password),
                new Tls(true, null, null, null),
                webhook,
                Duration.ofMinutes(15),
                List.of(),
                new Limits(6, null, null, 20),
                false);
    }
}
