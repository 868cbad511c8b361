package dev.longshore.replication;

import dev.longshore.events.AuditEvent;
import dev.longshore.events.ConfigEvent;
import dev.longshore.events.ConfigEvent.FreezeConfigured;
import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.events.DecisionEvent.ImageDecided;
import dev.longshore.events.Event;
import dev.longshore.events.InventoryEvent.ManifestRecorded;
import dev.longshore.events.InventoryEvent.TagRecorded;
import dev.longshore.events.ReplicationEvent;
import dev.longshore.events.Topic;
import dev.longshore.kit.event.EventCodec;
import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.replication.domain.TestRule;
import dev.longshore.testkit.InternalTokens;
import dev.longshore.testkit.registry.TestImage;
import dev.longshore.testkit.topic.TestTopics;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** The other services, as far as this one knows of them: what they tell on their topics. */
final class World implements AutoCloseable {

    private static final AtomicLong VERSION = new AtomicLong();

    private final TestTopics topics = new TestTopics(setting("kafka.bootstrap.servers"));

    void registry(String name, URI uri, String mode) {
        tell(new RegistryConfigured(
                "default",
                name,
                VERSION.incrementAndGet(),
                "distribution",
                uri,
                List.of(),
                mode,
                new ConfigEvent.SealedCredentials("none", 1, Map.of(), Map.of()),
                new ConfigEvent.Tls(true, null, null, null),
                new ConfigEvent.Webhook(null, null, "Authorization"),
                Duration.ofMinutes(15),
                List.of(),
                new ConfigEvent.Limits(6, null, null, 0),
                true));
    }

    void rule(String name, TestRule rule) {
        tell(rule.configured(name, VERSION.incrementAndGet(), true, null));
    }

    void freeze(String scope) {
        tell(new FreezeConfigured("default", scope, VERSION.incrementAndGet(), "a test", "me", Instant.now()));
    }

    void thaw(String scope) {
        forget(Topic.CONFIG, ConfigEvent.Kind.FREEZE.key(scope));
    }

    /** All manifests of the image and its tag. */
    void pushed(String registry, String repository, String tag, TestImage image) {
        manifests(registry, repository, image);
        tell(new TagRecorded(
                "default",
                registry,
                repository,
                tag,
                Digest.parse(image.digest()),
                Instant.now(),
                null,
                "ci",
                null,
                VERSION.incrementAndGet()));
    }

    void manifests(String registry, String repository, TestImage image) {
        image.children().forEach(child -> manifests(registry, repository, child));
        var children = image.children().stream()
                .map(child -> Descriptor.of(
                        child.mediaType(),
                        Digest.parse(child.digest()),
                        child.manifest().bytes().length))
                .toList();
        recorded(registry, repository, image, children, null);
    }

    void referrer(String registry, String repository, TestImage referrer, TestImage subject) {
        recorded(registry, repository, referrer, List.of(), Digest.parse(subject.digest()));
    }

    private void recorded(
            String registry, String repository, TestImage image, List<Descriptor> children, @Nullable Digest subject) {
        tell(new ManifestRecorded(
                "default",
                registry,
                repository,
                Digest.parse(image.digest()),
                image.mediaType(),
                null,
                image.manifest().bytes().length,
                children,
                subject,
                null,
                List.of(),
                List.of(),
                Map.of(),
                Instant.now(),
                null,
                null,
                "ci",
                null,
                VERSION.incrementAndGet()));
    }

    void decided(String registry, String repository, TestImage image, Action action) {
        tell(new ImageDecided(
                "default",
                registry,
                repository,
                Digest.parse(image.digest()),
                action,
                List.of(),
                List.of(),
                Instant.now(),
                VERSION.incrementAndGet()));
    }

    void tell(Event event) {
        topics.send(
                event.topic().topicName(),
                event.key(),
                EventCodec.encode(event, UUID.randomUUID(), "test", Instant.now()));
    }

    void forget(Topic topic, String key) {
        topics.remove(topic.topicName(), key);
    }

    /** What the service said so far of copies. */
    List<ReplicationEvent> replications() {
        return read(Topic.REPLICATIONS, ReplicationEvent.class);
    }

    List<AuditEvent> audit() {
        return read(Topic.AUDIT, AuditEvent.class);
    }

    private <E extends Event> List<E> read(Topic topic, Class<E> family) {
        return topics.records(topic.topicName()).stream()
                .flatMap(record -> EventCodec.decode(record, family).event().stream())
                .toList();
    }

    /** As the gateway would ask for somebody. */
    static RequestSpecification asking() {
        var token = InternalTokens.in(Path.of(setting("longshore.home"))).everywhere("mia", "replication-service");
        return RestAssured.given().header("Authorization", "Bearer " + token).contentType("application/json");
    }

    private static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    @Override
    public void close() {
        topics.close();
    }
}
