package dev.longshore.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.events.ConfigEvent.ExemptionConfigured;
import dev.longshore.events.ConfigEvent.Kind;
import dev.longshore.events.ConfigEvent.Limits;
import dev.longshore.events.ConfigEvent.OnUnknown;
import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.events.ConfigEvent.ScanPolicyConfigured;
import dev.longshore.events.ConfigEvent.Scope;
import dev.longshore.events.ConfigEvent.SealedCredentials;
import dev.longshore.events.ConfigEvent.Tls;
import dev.longshore.events.ConfigEvent.Webhook;
import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.events.InventoryEvent;
import dev.longshore.events.InventoryEvent.ManifestRecorded;
import dev.longshore.events.InventoryEvent.TagRecorded;
import dev.longshore.events.Topic;
import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.Platform;
import dev.longshore.testkit.registry.TestContent;
import dev.longshore.testkit.registry.TestImage;
import dev.longshore.testkit.registry.TestImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** What config-service and push-service would publish, and images with something in them. */
public final class World {

    private static final AtomicLong GENERATIONS = new AtomicLong();

    private World() {}

    /** An image with one jar of that version; the salt makes it another digest. */
    public static TestImage imageWithLog4j(String version, String salt) {
        return TestImages.image(
                Map.of("app/log4j-core-" + version + ".jar", jar(version), "etc/salt", salt.getBytes(UTF_8)), "amd64");
    }

    public static void register(String name, URI url) {
        Topics.publish(new RegistryConfigured(
                "default",
                name,
                GENERATIONS.incrementAndGet(),
                "distribution",
                url,
                List.of(),
                "enforce",
                new SealedCredentials("none", 1, Map.of(), Map.of()),
                new Tls(true, null, null, null),
                new Webhook(null, null, "Authorization"),
                Duration.ofHours(1),
                List.of(),
                new Limits(6, null, null, 0),
                true));
    }

    public static void policy(String name, String repositories, Map<String, Action> actions) {
        Topics.publish(new ScanPolicyConfigured(
                "default",
                name,
                GENERATIONS.incrementAndGet(),
                new Scope(List.of("*"), List.of(repositories), List.of("**")),
                actions,
                false,
                Duration.ZERO,
                List.of("trivy"),
                true,
                false,
                Duration.ofHours(24),
                new OnUnknown(Action.WARN, Action.WARN, Action.WARN, Action.ALLOW)));
    }

    public static void exemption(String name, String image, @Nullable Instant expiresAt) {
        Topics.publish(new ExemptionConfigured(
                "default",
                name,
                GENERATIONS.incrementAndGet(),
                List.of("CVE-2021-*"),
                List.of("**"),
                List.of(image),
                "JNDI is off",
                "ada",
                expiresAt));
    }

    public static void removeExemption(String name) {
        Topics.remove(Topic.CONFIG, Kind.EXEMPTION.key(name));
    }

    /** The manifest, those below it, and the tag. */
    public static void recorded(String registry, String repository, String tag, TestImage image) {
        recorded(registry, repository, image);
        tagged(registry, repository, tag, image);
    }

    public static void recorded(String registry, String repository, TestImage image) {
        image.children().forEach(child -> recorded(registry, repository, child));
        var isIndex = !image.children().isEmpty();
        var config = isIndex ? null : descriptor(image.blobs().getFirst());
        var layers = image.blobs().stream().skip(1).map(World::descriptor).toList();
        Topics.publish(new ManifestRecorded(
                "default",
                registry,
                repository,
                Digest.parse(image.digest()),
                image.mediaType(),
                null,
                image.manifest().bytes().length,
                image.children().stream()
                        .map(child -> descriptor(child.manifest()).withPlatform(Platform.of("linux", "amd64")))
                        .toList(),
                null,
                config,
                layers,
                isIndex ? List.of() : List.of(Platform.of("linux", "amd64")),
                Map.of(),
                Instant.now(),
                null,
                null,
                null,
                null,
                GENERATIONS.incrementAndGet()));
    }

    public static void tagged(String registry, String repository, String tag, TestImage image) {
        Topics.publish(new TagRecorded(
                "default",
                registry,
                repository,
                tag,
                Digest.parse(image.digest()),
                Instant.now(),
                null,
                null,
                null,
                GENERATIONS.incrementAndGet()));
    }

    public static void removed(String registry, String repository, TestImage image) {
        Topics.remove(Topic.INVENTORY, InventoryEvent.manifestKey(registry, repository, Digest.parse(image.digest())));
    }

    private static Descriptor descriptor(TestContent content) {
        return Descriptor.of(content.mediaType(), Digest.parse(content.digest()), content.bytes().length);
    }

    private static byte[] jar(String version) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("META-INF/maven/org.apache.logging.log4j/log4j-core/pom.properties"));
            zip.write("groupId=org.apache.logging.log4j\nartifactId=log4j-core\nversion=%s\n"
                    .formatted(version)
                    .getBytes(UTF_8));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
