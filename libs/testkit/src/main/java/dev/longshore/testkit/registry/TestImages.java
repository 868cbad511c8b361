package dev.longshore.testkit.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** Makes small images that every registry and client takes for real ones: their layers are tar archives with a file. */
public final class TestImages {

    private static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
    private static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    private static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    private static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";
    private static final String DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip";
    private static final TestContent EMPTY = new TestContent("application/vnd.oci.empty.v1+json", "{}".getBytes(UTF_8));

    private TestImages() {}

    /** An OCI image for linux/amd64 whose one file holds the text; equal texts make equal images. */
    public static TestImage image(String text) {
        return image(Map.of("etc/longshore", text.getBytes(UTF_8)), "amd64");
    }

    /** An OCI image with these files. */
    public static TestImage image(Map<String, byte[]> files, String architecture) {
        return image(List.of(files), architecture, OCI_MANIFEST, OCI_CONFIG, OCI_LAYER);
    }

    /** An image in Docker's schema 2. */
    public static TestImage dockerImage(String text) {
        var files = Map.of("etc/longshore", text.getBytes(UTF_8));
        return image(List.of(files), "amd64", DOCKER_MANIFEST, DOCKER_CONFIG, DOCKER_LAYER);
    }

    /** An image with one layer of about so many bytes, which do not compress. */
    public static TestImage imageOfSize(int bytes, long seed) {
        var noise = new byte[bytes];
        new Random(seed).nextBytes(noise);
        return image(Map.of("noise", noise), "amd64");
    }

    /** An index of one image for amd64 and one for arm64. */
    public static TestImage index(String text) {
        return index(
                image(Map.of("etc/longshore", (text + " amd64").getBytes(UTF_8)), "amd64"),
                image(Map.of("etc/longshore", (text + " arm64").getBytes(UTF_8)), "arm64"));
    }

    /** An index of an image for amd64 and one for arm64. */
    public static TestImage index(TestImage amd64, TestImage arm64) {
        return index(OCI_INDEX, amd64, arm64);
    }

    /** A manifest list in Docker's schema 2. */
    public static TestImage dockerList(TestImage amd64, TestImage arm64) {
        return index(DOCKER_LIST, amd64, arm64);
    }

    /** An artifact that says something about the subject. */
    public static TestImage referrer(TestImage subject, String artifactType, String payload) {
        var layer = new TestContent(artifactType, payload.getBytes(UTF_8));
        var manifest = """
                {"schemaVersion":2,"mediaType":"%s","artifactType":"%s","config":%s,"layers":[%s],"subject":%s,\
                "annotations":{"dev.longshore.test":"referrer"}}""".formatted(
                        OCI_MANIFEST,
                        artifactType,
                        EMPTY.descriptor(),
                        layer.descriptor(),
                        subject.manifest().descriptor());
        return new TestImage(new TestContent(OCI_MANIFEST, manifest.getBytes(UTF_8)), List.of(EMPTY, layer), List.of());
    }

    /** Writes an OCI layout, which {@code skopeo copy oci:FOLDER:TAG} and {@code crane push} take. */
    public static void writeLayout(Path folder, Map<String, TestImage> images) {
        try {
            var blobs = Files.createDirectories(folder.resolve("blobs/sha256"));
            for (var image : images.values()) {
                for (var blob : image.allBlobs()) {
                    Files.write(blobs.resolve(TestContent.sha256(blob.bytes())), blob.bytes());
                }
                for (var manifest : image.allManifests()) {
                    Files.write(blobs.resolve(TestContent.sha256(manifest.bytes())), manifest.bytes());
                }
            }
            var listed = images.entrySet().stream()
                    .map(entry -> entry.getValue()
                            .manifest()
                            .descriptor(",\"annotations\":{\"org.opencontainers.image.ref.name\":\"%s\"}"
                                    .formatted(entry.getKey())))
                    .collect(Collectors.joining(","));
            Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
            Files.writeString(
                    folder.resolve("index.json"),
                    "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}".formatted(OCI_INDEX, listed));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write the layout " + folder, e);
        }
    }

    private static TestImage index(String mediaType, TestImage amd64, TestImage arm64) {
        var manifest = "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s,%s]}"
                .formatted(mediaType, onPlatform(amd64, "amd64"), onPlatform(arm64, "arm64"));
        return new TestImage(new TestContent(mediaType, manifest.getBytes(UTF_8)), List.of(), List.of(amd64, arm64));
    }

    private static String onPlatform(TestImage image, String architecture) {
        return image.manifest()
                .descriptor(",\"platform\":{\"architecture\":\"%s\",\"os\":\"linux\"}".formatted(architecture));
    }

    private static TestImage image(
            List<Map<String, byte[]>> layersOfFiles,
            String architecture,
            String manifestType,
            String configType,
            String layerType) {
        var layers = new LinkedHashMap<String, TestContent>();
        for (var files : layersOfFiles) {
            var tar = TarArchive.of(files);
            layers.put("sha256:" + TestContent.sha256(tar), new TestContent(layerType, gzip(tar)));
        }
        var diffIds = layers.keySet().stream().map(id -> '"' + id + '"').collect(Collectors.joining(","));
        var config =
                new TestContent(configType, """
                {"architecture":"%s","os":"linux","config":{"Labels":{"dev.longshore.test":"yes"}},\
                "rootfs":{"type":"layers","diff_ids":[%s]}}""".formatted(architecture, diffIds).getBytes(UTF_8));
        var manifest = "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
                .formatted(
                        manifestType,
                        config.descriptor(),
                        layers.values().stream().map(TestContent::descriptor).collect(Collectors.joining(",")));
        var blobs = new ArrayList<TestContent>();
        blobs.add(config);
        blobs.addAll(layers.values());
        return new TestImage(new TestContent(manifestType, manifest.getBytes(UTF_8)), blobs, List.of());
    }

    private static byte[] gzip(byte[] content) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
