package dev.longshore.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.testkit.registry.TestImage;
import dev.longshore.testkit.registry.TestImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small images with something for Trivy to do: Debian's list of a hundred packages, and a jar with critical findings. */
final class ScannedImages {

    private static final int PACKAGES = 100;

    private ScannedImages() {}

    /** Never seen before, if the text never was. */
    static TestImage vulnerable(String text) throws IOException {
        return TestImages.image(
                Map.of(
                        "etc/debian_version",
                        "12.5\n".getBytes(UTF_8),
                        "var/lib/dpkg/status",
                        packages().getBytes(UTF_8),
                        "app/lib/log4j-core-2.14.1.jar",
                        jar(),
                        "app/build",
                        text.getBytes(UTF_8)),
                "amd64");
    }

    private static String packages() {
        return IntStream.range(0, PACKAGES).mapToObj("""
                        Package: package-%03d
                        Status: install ok installed
                        Priority: optional
                        Section: libs
                        Maintainer: Nobody <nobody@example.org>
                        Architecture: amd64
                        Version: 1.2.3-4
                        Description: one of many
                        """::formatted).collect(Collectors.joining("\n"));
    }

    private static byte[] jar() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("META-INF/maven/org.apache.logging.log4j/log4j-core/pom.properties"));
            zip.write("groupId=org.apache.logging.log4j\nartifactId=log4j-core\nversion=2.14.1\n".getBytes(UTF_8));
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }
}
