package dev.longshore.push.checkpoint.task;

import dev.longshore.oci.Digest;
import dev.longshore.oci.MediaType;
import dev.longshore.oci.Reference;
import dev.longshore.oci.client.RegistryClient;
import dev.longshore.push.checkpoint.domain.CheckpointImage;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.OpenOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.file.AsyncFile;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleConsumer;

/** Pushes an image whose layer is a file; what the repository has is not sent again. */
@ApplicationScoped
class PushImage {

    private static final int BUFFER = 256 << 10;

    private final Vertx vertx;

    PushImage(Vertx vertx) {
        this.vertx = vertx;
    }

    /** @param seen hears which part of the layer was sent */
    Uni<Digest> push(
            RegistryClient client, Reference.Tagged target, CheckpointImage image, Path file, DoubleConsumer seen) {
        var repository = target.repository();
        return client.putBlob(repository, MediaType.OCI_CONFIG, image.config())
                .chain(() -> client.headBlob(repository, image.layer().digest()))
                .chain(there -> there.isPresent()
                        ? Uni.createFrom().voidItem()
                        : pushLayer(client, repository, image, file, seen))
                .chain(() -> client.putManifest(target, MediaType.OCI_MANIFEST, image.manifest()))
                .replaceWith(image.digest());
    }

    private Uni<Void> pushLayer(
            RegistryClient client, String repository, CheckpointImage image, Path file, DoubleConsumer seen) {
        return vertx.fileSystem()
                .open(
                        file.toString(),
                        new OpenOptions().setRead(true).setWrite(false).setCreate(false))
                .chain(opened -> client.putBlob(repository, image.layer(), content(opened, image, seen))
                        .onTermination()
                        .call(() -> opened.close().onFailure().recoverWithNull()));
    }

    private static Multi<Buffer> content(AsyncFile file, CheckpointImage image, DoubleConsumer seen) {
        var sent = new AtomicLong();
        double size = Math.max(image.layer().size(), 1);
        file.setReadBufferSize(BUFFER);
        return file.toMulti()
                .map(io.vertx.mutiny.core.buffer.Buffer::getDelegate)
                .invoke(part -> {
                    seen.accept(sent.addAndGet(part.length()) / size);
                });
    }
}
