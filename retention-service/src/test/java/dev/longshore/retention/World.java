package dev.longshore.retention;

import dev.longshore.events.ClaimedRepositories;
import dev.longshore.events.ConfigEvent;
import dev.longshore.events.ConfigEvent.FreezeConfigured;
import dev.longshore.events.ConfigEvent.Keep;
import dev.longshore.events.ConfigEvent.ProjectConfigured;
import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.events.ConfigEvent.RetentionPolicyConfigured;
import dev.longshore.events.ConfigEvent.RetentionRule;
import dev.longshore.events.ConfigEvent.RetentionScope;
import dev.longshore.events.ConfigEvent.Untagged;
import dev.longshore.events.Event;
import dev.longshore.events.InventoryEvent;
import dev.longshore.events.InventoryEvent.ManifestRecorded;
import dev.longshore.events.InventoryEvent.TagRecorded;
import dev.longshore.events.Topic;
import dev.longshore.kit.event.EventCodec;
import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
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

    /** Keeps the last pushed of the repositories, and what has had no tag for less than a day. */
    void policy(
            String name, String registry, String repositories, int lastPushed, @Nullable String schedule, String mode) {
        policyOf("default", name, registry, repositories, lastPushed, schedule, mode);
    }

    void policyOf(
            String project,
            String name,
            String registry,
            String repositories,
            int lastPushed,
            @Nullable String schedule,
            String mode) {
        tell(new RetentionPolicyConfigured(
                project,
                name,
                VERSION.incrementAndGet(),
                new RetentionScope(List.of(registry), List.of(repositories)),
                List.of(new RetentionRule(List.of("**"), new Keep(lastPushed, null, null, null, null, null, null))),
                new Untagged(Duration.ofDays(1)),
                List.of("latest"),
                1,
                schedule,
                mode,
                true,
                false));
    }

    /** What the project claims of the registry, and nothing else. */
    void claim(String project, String registry, String... patterns) {
        tell(new ProjectConfigured(
                project,
                project,
                VERSION.incrementAndGet(),
                "",
                List.of(),
                List.of(new ClaimedRepositories(registry, List.of(patterns)))));
    }

    void freeze(String scope) {
        tell(new FreezeConfigured("default", scope, VERSION.incrementAndGet(), "a test", "me", Instant.now()));
    }

    void thaw(String scope) {
        forget(Topic.CONFIG, ConfigEvent.Kind.FREEZE.key(scope));
    }

    /** All manifests of the image and its tag. */
    void pushed(String registry, String repository, String tag, TestImage image, Instant at) {
        manifests(registry, repository, image, at);
        tag(registry, repository, tag, image, at);
    }

    void tag(String registry, String repository, String tag, TestImage image, Instant at) {
        tell(new TagRecorded(
                "default",
                registry,
                repository,
                tag,
                Digest.parse(image.digest()),
                at,
                null,
                "ci",
                null,
                VERSION.incrementAndGet()));
    }

    void untag(String registry, String repository, String tag) {
        forget(Topic.INVENTORY, InventoryEvent.tagKey(registry, repository, tag));
    }

    void manifests(String registry, String repository, TestImage image, Instant at) {
        image.children().forEach(child -> manifests(registry, repository, child, at));
        recorded(registry, repository, image, null, at);
    }

    void referrer(String registry, String repository, TestImage referrer, TestImage subject, Instant at) {
        recorded(registry, repository, referrer, Digest.parse(subject.digest()), at);
    }

    private void recorded(String registry, String repository, TestImage image, @Nullable Digest subject, Instant at) {
        var children = image.children().stream()
                .map(child -> Descriptor.of(
                        child.mediaType(),
                        Digest.parse(child.digest()),
                        child.manifest().bytes().length))
                .toList();
        var layers = image.blobs().stream()
                .map(blob -> Descriptor.of(blob.mediaType(), Digest.parse(blob.digest()), blob.bytes().length))
                .toList();
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
                layers,
                List.of(),
                Map.of(),
                at,
                null,
                null,
                "ci",
                null,
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

    /** What the service said so far on the topic. */
    <E extends Event> List<E> said(Topic topic, Class<E> family) {
        return topics.records(topic.topicName()).stream()
                .flatMap(record -> EventCodec.decode(record, family).event().stream())
                .toList();
    }

    /** As the gateway would ask for somebody. */
    static RequestSpecification asking() {
        var token = InternalTokens.in(Path.of(setting("longshore.home"))).everywhere("mia", "retention-service");
        return RestAssured.given().header("Authorization", "Bearer " + token).contentType("application/json");
    }

    static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    @Override
    public void close() {
        topics.close();
    }
}
