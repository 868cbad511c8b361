package dev.longshore.oci.client;

import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.Reference;
import dev.longshore.oci.client.address.AddressGuard;
import dev.longshore.oci.client.http.RegistryClientOptions;
import dev.longshore.testkit.registry.TestContent;
import dev.longshore.testkit.registry.TestImage;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Clients for a test, closed after it. */
public final class ClientFixture implements AfterAllCallback {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private final List<RegistryClient> open = new ArrayList<>();

    public RegistryClient client(URI registry) {
        return client(registry, UnaryOperator.identity());
    }

    public RegistryClient client(URI registry, UnaryOperator<RegistryClientOptions> change) {
        var options = RegistryClientOptions.of(registry).withAddressGuard(AddressGuard.of(true));
        var client = RegistryClient.create(vertx, change.apply(options));
        open.add(client);
        return client;
    }

    public Vertx vertx() {
        return vertx;
    }

    public static <T> T await(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    /** Pushes through the client that is tested. */
    public static void push(RegistryClient client, String repository, String tag, TestImage image) {
        image.allBlobs().forEach(blob -> await(client.putBlob(repository, descriptor(blob), content(blob))));
        image.children().forEach(child -> put(client, new Reference.Pinned(repository, digest(child)), child));
        put(client, new Reference.Tagged(repository, tag), image);
    }

    public static PushedManifest put(RegistryClient client, Reference reference, TestImage image) {
        return await(client.putManifest(
                reference, image.mediaType(), image.manifest().bytes()));
    }

    public static Digest digest(TestImage image) {
        return Digest.parse(image.digest());
    }

    public static Descriptor descriptor(TestContent content) {
        return Descriptor.of(content.mediaType(), Digest.parse(content.digest()), content.bytes().length);
    }

    public static Multi<Buffer> content(TestContent content) {
        return Multi.createFrom().item(Buffer.buffer(content.bytes()));
    }

    public static byte[] read(BlobStream blob) {
        return await(blob.content().collect().in(Buffer::buffer, Buffer::appendBuffer))
                .getBytes();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        open.forEach(RegistryClient::close);
        await(vertx.close());
    }
}
