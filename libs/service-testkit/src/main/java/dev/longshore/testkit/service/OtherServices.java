package dev.longshore.testkit.service;

import dev.longshore.events.ClaimedRepositories;
import dev.longshore.events.ConfigEvent;
import dev.longshore.events.ConfigEvent.FreezeConfigured;
import dev.longshore.events.ConfigEvent.Limits;
import dev.longshore.events.ConfigEvent.ProjectConfigured;
import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.events.ConfigEvent.SealedCredentials;
import dev.longshore.events.ConfigEvent.Tls;
import dev.longshore.events.ConfigEvent.Webhook;
import dev.longshore.events.Event;
import dev.longshore.events.InventoryEvent.ManifestRecorded;
import dev.longshore.events.InventoryEvent.TagRecorded;
import dev.longshore.events.Topic;
import dev.longshore.kit.event.EventCodec;
import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.Platform;
import dev.longshore.testkit.registry.TestContent;
import dev.longshore.testkit.registry.TestImage;
import dev.longshore.testkit.topic.Message;
import dev.longshore.testkit.topic.TestTopics;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The services around the one that is tested: tells what they would tell on their topics, and reads what was told there.
 * Whatever is told is newer than all that was told before it. Tests of a service add what only it hears.
 */
public class OtherServices implements AutoCloseable {

    private static final AtomicLong VERSION = new AtomicLong();
    private static final String PROJECT = "default";
    private static final Platform PLATFORM = Platform.of("linux", "amd64");

    private final TestTopics topics;

    public OtherServices(String kafkaBootstrapServers) {
        this.topics = new TestTopics(kafkaBootstrapServers);
    }

    public static long nextVersion() {
        return VERSION.incrementAndGet();
    }

    /** Returns once the broker has it. */
    public void tell(Event event) {
        topics.send(
                event.topic().topicName(),
                event.key(),
                EventCodec.encode(event, UUID.randomUUID(), "test", Instant.now()));
    }

    /** By a tombstone. */
    public void forget(Topic topic, String key) {
        topics.remove(topic.topicName(), key);
    }

    /** A Distribution registry without credentials, of the default project, at a private address. */
    public void registry(String name, URI uri, String mode) {
        registry(PROJECT, name, uri, mode, Duration.ofHours(1));
    }

    public void registry(String project, String name, URI uri, String mode, Duration reconcileEvery) {
        tell(new RegistryConfigured(
                project,
                name,
                nextVersion(),
                "distribution",
                uri,
                List.of(),
                mode,
                new SealedCredentials("none", 1, Map.of(), Map.of()),
                new Tls(true, null, null, null),
                new Webhook(null, null, "Authorization"),
                reconcileEvery,
                List.of(),
                new Limits(6, null, null, 0),
                true));
    }

    /** The project claims these repositories of the registry, and nothing else; nothing at all without patterns. */
    public void claim(String project, String registry, String... patterns) {
        tell(new ProjectConfigured(
                project,
                project,
                nextVersion(),
                "",
                List.of(),
                patterns.length == 0 ? null : List.of(new ClaimedRepositories(registry, List.of(patterns)))));
    }

    public void freeze(String scope) {
        tell(new FreezeConfigured(PROJECT, scope, nextVersion(), "a test", "me", Instant.now()));
    }

    public void thaw(String scope) {
        forget(Topic.CONFIG, ConfigEvent.Kind.FREEZE.key(scope));
    }

    /** All manifests of the image, those below an index first, and its tag. */
    public void pushed(String registry, String repository, String tag, TestImage image, Instant at) {
        manifests(registry, repository, image, at);
        tag(registry, repository, tag, image, at);
    }

    /** Now. */
    public void pushed(String registry, String repository, String tag, TestImage image) {
        pushed(registry, repository, tag, image, Instant.now());
    }

    public void tag(String registry, String repository, String tag, TestImage image, Instant at) {
        tell(new TagRecorded(
                PROJECT, registry, repository, tag, Digest.parse(image.digest()), at, null, "ci", null, nextVersion()));
    }

    /** Now. */
    public void tag(String registry, String repository, String tag, TestImage image) {
        tag(registry, repository, tag, image, Instant.now());
    }

    public void manifests(String registry, String repository, TestImage image, Instant at) {
        image.children().forEach(child -> manifests(registry, repository, child, at));
        recorded(registry, repository, image, null, at);
    }

    public void referrer(String registry, String repository, TestImage referrer, TestImage subject, Instant at) {
        recorded(registry, repository, referrer, Digest.parse(subject.digest()), at);
    }

    /** Now. */
    public void referrer(String registry, String repository, TestImage referrer, TestImage subject) {
        referrer(registry, repository, referrer, subject, Instant.now());
    }

    /** What was told on the topic so far, removals left out. */
    public <E extends Event> List<E> said(Topic topic, Class<E> family) {
        return topics.records(topic.topicName()).stream()
                .flatMap(record -> EventCodec.decode(record, family).event().stream())
                .toList();
    }

    /** What was told on the topic so far of keys with this in them. */
    public List<Message> messages(Topic topic, String keyPart) {
        return topics.read(topic.topicName()).stream()
                .filter(message -> message.key().contains(keyPart))
                .toList();
    }

    /** What the service could not take from the topic. */
    public List<String> deadLetters(Topic topic, String service) {
        return topics.read(topic.deadLetters(service)).stream()
                .map(Message::value)
                .toList();
    }

    @Override
    public void close() {
        topics.close();
    }

    private void recorded(String registry, String repository, TestImage image, @Nullable Digest subject, Instant at) {
        var isIndex = !image.children().isEmpty();
        tell(new ManifestRecorded(
                PROJECT,
                registry,
                repository,
                Digest.parse(image.digest()),
                image.mediaType(),
                null,
                image.manifest().bytes().length,
                image.children().stream()
                        .map(child -> descriptor(child.manifest()).withPlatform(PLATFORM))
                        .toList(),
                subject,
                image.blobs().isEmpty() ? null : descriptor(image.blobs().getFirst()),
                image.blobs().stream().skip(1).map(OtherServices::descriptor).toList(),
                isIndex || subject != null ? List.of() : List.of(PLATFORM),
                Map.of(),
                at,
                null,
                null,
                "ci",
                null,
                nextVersion()));
    }

    private static Descriptor descriptor(TestContent content) {
        return Descriptor.of(content.mediaType(), Digest.parse(content.digest()), content.bytes().length);
    }
}
