package dev.longshore.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.events.ConfigEvent.ExemptionConfigured;
import dev.longshore.events.ConfigEvent.Kind;
import dev.longshore.events.ConfigEvent.OnUnknown;
import dev.longshore.events.ConfigEvent.ScanPolicyConfigured;
import dev.longshore.events.ConfigEvent.Scope;
import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.events.InventoryEvent;
import dev.longshore.events.Topic;
import dev.longshore.oci.Digest;
import dev.longshore.testkit.registry.TestImage;
import dev.longshore.testkit.registry.TestImages;
import dev.longshore.testkit.service.OtherServices;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** What config-service and push-service would publish, and images with something in them. */
public final class World {

    /** Its producer ends with the JVM. */
    public static final OtherServices OTHERS = new OtherServices(Infra.LOCAL.kafkaBootstrapServers());

    private World() {}

    /** An image with one jar of that version; the salt makes it another digest. */
    public static TestImage imageWithLog4j(String version, String salt) {
        return TestImages.image(
                Map.of("app/log4j-core-" + version + ".jar", jar(version), "etc/salt", salt.getBytes(UTF_8)), "amd64");
    }

    /** An image of Debian 12 with two packages of one vulnerability that will not be fixed, and a jar with others. */
    public static TestImage imageWithPackages(String salt) {
        var packages = """
                Package: zlib1g
                Status: install ok installed
                Source: zlib
                Version: 1:1.2.13.dfsg-1
                Architecture: amd64

                Package: zlib1g-dev
                Status: install ok installed
                Source: zlib
                Version: 1:1.2.13.dfsg-1
                Architecture: amd64
                """;
        return TestImages.image(
                Map.of(
                        "etc/debian_version",
                        "12.5\n".getBytes(UTF_8),
                        "var/lib/dpkg/status",
                        packages.getBytes(UTF_8),
                        "app/log4j-core-2.14.1.jar",
                        jar("2.14.1"),
                        "etc/salt",
                        salt.getBytes(UTF_8)),
                "amd64");
    }

    public static void register(String name, URI url) {
        OTHERS.registry(name, url, "enforce");
    }

    public static void policy(String name, String repositories, Map<String, Action> actions) {
        OTHERS.tell(new ScanPolicyConfigured(
                "default",
                name,
                OtherServices.nextVersion(),
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
        OTHERS.tell(new ExemptionConfigured(
                "default",
                name,
                OtherServices.nextVersion(),
                List.of("CVE-2021-*"),
                List.of("**"),
                List.of(image),
                "JNDI is off",
                "ada",
                expiresAt));
    }

    public static void removeExemption(String name) {
        OTHERS.forget(Topic.CONFIG, Kind.EXEMPTION.key(name));
    }

    public static void removed(String registry, String repository, TestImage image) {
        OTHERS.forget(Topic.INVENTORY, InventoryEvent.manifestKey(registry, repository, Digest.parse(image.digest())));
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
