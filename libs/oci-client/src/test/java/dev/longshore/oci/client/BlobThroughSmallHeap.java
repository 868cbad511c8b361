package dev.longshore.oci.client;

import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.client.address.AddressGuard;
import dev.longshore.oci.client.http.RegistryClientOptions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A program for {@link LargeBlobTest}: pushes a generated blob to one registry and copies it to another. */
final class BlobThroughSmallHeap {

    private static final int CHUNK = 256 * 1024;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private BlobThroughSmallHeap() {}

    /** Source, target, mebibytes. */
    public static void main(String[] arguments) {
        Thread.setDefaultUncaughtExceptionHandler((_, failure) -> {
            failure.printStackTrace();
            System.exit(1);
        });
        var vertx = Vertx.vertx();
        var chunks = Integer.parseInt(arguments[2]) * (1024 * 1024 / CHUNK);
        var digest = digest(chunks);
        var blob = Descriptor.of("application/octet-stream", digest, (long) chunks * CHUNK);
        var source = client(vertx, arguments[0]);
        var target = client(vertx, arguments[1]);

        finish(source.putBlob("large/blob", blob, content(chunks)));
        var outcome = finish(new BlobCopier(source, target).copy("large/blob", "large/copy", blob, Optional.empty()));

        System.out.printf(
                "%s %s through %d MiB of heap%n",
                outcome, digest, Runtime.getRuntime().maxMemory() >> 20);
        // Mutiny's own threads would keep this process.
        System.exit(0);
    }

    private static <T> T finish(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    private static RegistryClient client(Vertx vertx, String uri) {
        return RegistryClient.create(
                vertx, RegistryClientOptions.of(URI.create(uri)).withAddressGuard(AddressGuard.of(true)));
    }

    private static Multi<Buffer> content(int chunks) {
        var next = new AtomicInteger();
        return Multi.createBy()
                .repeating()
                .supplier(() -> Buffer.buffer(chunk(next.getAndIncrement())))
                .atMost(chunks);
    }

    private static Digest digest(int chunks) {
        var hash = Digest.of(new byte[0]).newHash();
        for (var i = 0; i < chunks; i++) {
            hash.update(chunk(i));
        }
        return Digest.from(Digest.SHA256, hash.digest());
    }

    private static byte[] chunk(int number) {
        var chunk = new byte[CHUNK];
        Arrays.fill(chunk, (byte) number);
        return chunk;
    }
}
