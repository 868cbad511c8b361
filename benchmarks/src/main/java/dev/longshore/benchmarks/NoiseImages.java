package dev.longshore.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Pushes images of bytes that do not compress. They are made while they are sent: a layer may be larger than the memory. */
final class NoiseImages {

    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI registry;

    NoiseImages(URI registry) {
        this.registry = registry;
    }

    /** Equal seeds and sizes make equal layers. */
    record Layer(long seed, long size) {}

    private record Blob(String mediaType, String digest, long size) {
        @Override
        public String toString() {
            return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}".formatted(mediaType, digest, size);
        }
    }

    void push(String repository, String tag, List<Layer> layers) throws IOException, InterruptedException {
        var blobs = new java.util.ArrayList<Blob>();
        for (var layer : layers) {
            blobs.add(blob(repository, LAYER, new Noise(layer.seed(), layer.size())));
        }
        var config = """
                {"architecture":"amd64","os":"linux","config":{"Labels":{"repository":"%s"}},\
                "rootfs":{"type":"layers","diff_ids":[%s]}}""".formatted(
                        repository,
                        blobs.stream().map(blob -> '"' + blob.digest() + '"').collect(Collectors.joining(",")));
        var configured = blob(repository, CONFIG, new java.io.ByteArrayInputStream(config.getBytes(UTF_8)));
        var manifest = "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":%s}"
                .formatted(MANIFEST, configured, blobs);
        send(
                HttpRequest.newBuilder(registry.resolve("/v2/%s/manifests/%s".formatted(repository, tag)))
                        .header("Content-Type", MANIFEST)
                        .PUT(BodyPublishers.ofString(manifest)),
                201);
    }

    /** Sent in one go, its digest told afterwards. */
    private Blob blob(String repository, String mediaType, InputStream content)
            throws IOException, InterruptedException {
        var begun = send(
                HttpRequest.newBuilder(registry.resolve("/v2/%s/blobs/uploads/".formatted(repository)))
                        .POST(BodyPublishers.noBody()),
                202);
        var hashed = new DigestInputStream(content, sha256());
        var counted = new long[1];
        var sent = send(
                HttpRequest.newBuilder(location(begun))
                        .header("Content-Type", "application/octet-stream")
                        .method("PATCH", BodyPublishers.ofInputStream(() -> new Counted(hashed, counted))),
                202);
        var digest =
                "sha256:" + HexFormat.of().formatHex(hashed.getMessageDigest().digest());
        var separator = location(sent).getRawQuery() == null ? "?" : "&";
        send(
                HttpRequest.newBuilder(URI.create(location(sent) + separator + "digest=" + digest))
                        .PUT(BodyPublishers.noBody()),
                201);
        return new Blob(mediaType, digest, counted[0]);
    }

    private URI location(HttpResponse<?> answer) {
        return registry.resolve(answer.headers().firstValue("Location").orElseThrow());
    }

    private HttpResponse<String> send(HttpRequest.Builder request, int expected)
            throws IOException, InterruptedException {
        var answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() != expected) {
            throw new IOException(
                    "%s was answered %d: %s".formatted(answer.request(), answer.statusCode(), answer.body()));
        }
        return answer;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException("Every Java platform has SHA-256", failure);
        }
    }

    private static final class Counted extends java.io.FilterInputStream {

        private final long[] count;

        Counted(InputStream in, long[] count) {
            super(in);
            this.count = count;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            var read = super.read(buffer, from, length);
            count[0] += Math.max(0, read);
            return read;
        }
    }

    /** One random block over and over, each time with another number in it. */
    private static final class Noise extends InputStream {

        private static final int BLOCK = 1 << 16;

        private final byte[] block = new byte[BLOCK];
        private long left;
        private int at = BLOCK;
        private long number;

        Noise(long seed, long size) {
            new Random(seed).nextBytes(block);
            left = size;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("byte by byte would take for ever");
        }

        @Override
        public int read(byte[] buffer, int from, int length) {
            if (left == 0) {
                return -1;
            }
            if (at == BLOCK) {
                at = 0;
                number++;
                for (var index = 0; index < Long.BYTES; index++) {
                    block[index] = (byte) (number >>> (index * Byte.SIZE));
                }
            }
            var some = (int) Math.min(Math.min(length, BLOCK - at), left);
            System.arraycopy(block, at, buffer, from, some);
            at += some;
            left -= some;
            return some;
        }
    }
}
