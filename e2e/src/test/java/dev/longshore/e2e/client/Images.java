package dev.longshore.e2e.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.testkit.registry.TestImage;
import dev.longshore.testkit.registry.TestImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Images in which Trivy finds what it would find in real ones: a jar that says with Maven's properties what it is. */
public final class Images {

    public static final String VULNERABLE_LOG4J = "2.14.1";
    public static final String FIXED_LOG4J = "2.24.3";

    private Images() {}

    /** With CVE-2021-44228 and three more; equal texts make equal images. */
    public static TestImage vulnerable(String text) {
        return image(VULNERABLE_LOG4J, text, "amd64");
    }

    /** Without findings. */
    public static TestImage fixed(String text) {
        return image(FIXED_LOG4J, text, "amd64");
    }

    public static TestImage multiArch(String log4j, String text) {
        return TestImages.index(image(log4j, text, "amd64"), image(log4j, text, "arm64"));
    }

    private static TestImage image(String log4j, String text, String architecture) {
        return TestImages.image(
                Map.of(
                        "app/lib/log4j-core-%s.jar".formatted(log4j),
                        jar(log4j),
                        "app/build",
                        (text + " for " + architecture).getBytes(UTF_8)),
                architecture);
    }

    private static byte[] jar(String version) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            var entry = new ZipEntry("META-INF/maven/org.apache.logging.log4j/log4j-core/pom.properties");
            entry.setTimeLocal(LocalDateTime.of(2021, 3, 6, 0, 0));
            zip.putNextEntry(entry);
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
