package dev.longshore.oci.client;

import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.Reference;
import dev.longshore.oci.client.http.ChangeGuard;
import dev.longshore.oci.client.http.Governor;
import dev.longshore.oci.client.http.RegistryClientOptions;
import dev.longshore.oci.client.transport.Transport;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.core.Vertx;
import java.util.Optional;

/**
 * Speaks the distribution protocol with one registry under one set of credentials. Safe for concurrent use; results come
 * back on the caller's Vert.x context. Failures are {@link dev.longshore.oci.client.http.RegistryException}s, or what the
 * change guard failed with; what is not there is an empty answer. Cancelling closes the connection.
 */
public final class RegistryClient implements AutoCloseable {

    private final Transport transport;
    private final ManifestCalls manifests;
    private final BlobCalls blobs;
    private final ListingCalls listings;
    private final ReferrerCalls referrers;
    private final OneAtATime oneAtATime;

    private RegistryClient(Transport transport, OneAtATime oneAtATime) {
        this.transport = transport;
        this.oneAtATime = oneAtATime;
        this.manifests = new ManifestCalls(transport);
        this.blobs = new BlobCalls(transport);
        this.listings = new ListingCalls(transport);
        this.referrers = new ReferrerCalls(transport, manifests, oneAtATime);
    }

    public static RegistryClient create(Vertx vertx, RegistryClientOptions options) {
        return new RegistryClient(Transport.create(vertx, options), new OneAtATime());
    }

    /** The same client, connections and tokens, whose changes ask this guard too: the lease of one task. */
    public RegistryClient guardedBy(ChangeGuard guard) {
        return new RegistryClient(transport.guardedBy(guard), oneAtATime);
    }

    public RegistryClientOptions options() {
        return transport.options();
    }

    /** Whether the registry lets these credentials in. */
    public Uni<Void> ping() {
        return listings.ping();
    }

    public Uni<Optional<Descriptor>> headManifest(Reference reference) {
        return transport.together(() -> manifests.head(reference));
    }

    public Uni<Optional<FetchedManifest>> getManifest(Reference reference) {
        return manifests.get(reference);
    }

    /** Puts the bytes as they are. A pinned reference must be their digest. */
    public Uni<PushedManifest> putManifest(Reference reference, String mediaType, byte[] content) {
        return transport.together(() -> manifests.put(reference, mediaType, content));
    }

    /** Emits false if there was none. Most registries delete the manifest's tags with it. */
    public Uni<Boolean> deleteManifest(Reference.Pinned reference) {
        return manifests.delete(reference);
    }

    /** Emits false if there was none; fails with an unsupported {@code Rejected} where only digests can be deleted. */
    public Uni<Boolean> deleteTag(Reference.Tagged reference) {
        return manifests.delete(reference);
    }

    /** The blob's size, if the repository has it. */
    public Uni<Optional<Long>> headBlob(String repository, Digest digest) {
        return blobs.head(repository, digest);
    }

    public Uni<Optional<BlobStream>> getBlob(String repository, Digest digest) {
        return blobs.get(repository, digest, 0);
    }

    /** From {@code offset} to the end, or the whole if the registry knows no ranges: see {@link BlobStream#offset()}. */
    public Uni<Optional<BlobStream>> getBlob(String repository, Digest digest, long offset) {
        return blobs.get(repository, digest, offset);
    }

    /** Reads a blob that is known to be small, such as an image's config; fails with {@code TooLarge} beyond the limit. */
    public Uni<Optional<byte[]>> getSmallBlob(String repository, Digest digest, int limit) {
        return blobs.getSmall(repository, digest, limit);
    }

    /** Pushes the content, which must have the descriptor's size and digest, in one streamed request. */
    public Uni<Void> putBlob(String repository, Descriptor blob, Multi<Buffer> content) {
        return transport.together(() -> blobs.put(repository, blob, content));
    }

    /** Pushes a small blob unless the repository has it. */
    public Uni<Descriptor> putBlob(String repository, String mediaType, byte[] content) {
        return transport.together(() -> blobs.put(repository, mediaType, content));
    }

    /** Emits false if the registry would rather have the content. */
    public Uni<Boolean> mountBlob(String repository, Digest digest, String fromRepository) {
        return transport.together(() -> blobs.mount(repository, digest, fromRepository));
    }

    public Multi<String> tags(String repository) {
        return listings.tags(repository);
    }

    public Multi<String> repositories() {
        return listings.repositories();
    }

    public Uni<Referrers> referrers(String repository, Digest subject) {
        return transport.together(() -> referrers.list(repository, subject));
    }

    /** Lists the referrer under the subject's fallback tag, unless it is there already. */
    public Uni<Void> addReferrerToFallback(String repository, Digest subject, Descriptor referrer) {
        return transport.together(() -> referrers.add(repository, subject, referrer));
    }

    public Uni<Void> removeReferrerFromFallback(String repository, Digest subject, Digest referrer) {
        return transport.together(() -> referrers.remove(repository, subject, referrer));
    }

    BlobCalls blobs() {
        return blobs;
    }

    Governor governor() {
        return transport.options().governor();
    }

    /** Closes the connections; views made by {@link #guardedBy} are closed with it. */
    @Override
    public void close() {
        transport.close();
    }
}
