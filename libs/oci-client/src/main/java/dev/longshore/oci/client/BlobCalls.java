package dev.longshore.oci.client;

import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.Names;
import dev.longshore.oci.client.http.Governor;
import dev.longshore.oci.client.http.RegistryException.DigestMismatch;
import dev.longshore.oci.client.transport.Answer;
import dev.longshore.oci.client.transport.Request;
import dev.longshore.oci.client.transport.Transport;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MultiHelper;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Everything below {@code /blobs/} that reads, and the beginning of what writes: see {@link Uploads}. */
final class BlobCalls {

    private final Transport transport;
    private final Uploads uploads;

    BlobCalls(Transport transport) {
        this.transport = transport;
        this.uploads = new Uploads(transport);
    }

    Uni<Optional<Long>> head(String repository, Digest digest) {
        var request = request(HttpMethod.HEAD, repository, digest, "look up the blob ")
                .forContent()
                .expecting(200, 404);
        return transport
                .send(request)
                .map(answer -> answer.status() == 404
                        ? Optional.empty()
                        : Optional.of(answer.contentLength().orElse(0L)));
    }

    Uni<Optional<BlobStream>> get(String repository, Digest digest, long offset) {
        return Uni.createFrom().deferred(() -> {
            var ticket = transport.options().governor().ticket();
            var request = reading(repository, digest, offset);
            return transport
                    .admitted(request.action(), ticket, () -> open(repository, digest, offset, ticket::release))
                    .map(blob -> blob.map(BlobStream.class::cast));
        });
    }

    Uni<Optional<byte[]>> getSmall(String repository, Digest digest, int limit) {
        var request = reading(repository, digest, 0).limitedTo(limit);
        return transport.send(request).map(answer -> {
            if (answer.status() == 404) {
                return Optional.empty();
            }
            var content = answer.body().getBytes();
            if (!digest.matches(content)) {
                var actual = Digest.of(digest.algorithm(), content);
                throw new DigestMismatch(request.action(), digest.toString(), actual.toString());
            }
            return Optional.of(content);
        });
    }

    Uni<Void> put(String repository, Descriptor blob, Multi<Buffer> content) {
        return Uni.createFrom().deferred(() -> {
            var ticket = transport.options().governor().ticket();
            var action = Uploads.action(repository, blob.digest());
            return transport
                    .admitted(
                            action,
                            ticket,
                            () -> uploads.begin(repository, blob.digest(), Optional.empty(), true)
                                    .chain(session ->
                                            uploads.send(session.orElseThrow(), verified(action, blob, content))))
                    .invoke(ticket::release);
        });
    }

    Uni<Descriptor> put(String repository, String mediaType, byte[] content) {
        var blob = Descriptor.of(mediaType, Digest.of(content), content.length);
        return head(repository, blob.digest())
                .chain(size -> size.isPresent()
                        ? Uni.createFrom().voidItem()
                        : put(repository, blob, Multi.createFrom().item(Buffer.buffer(content))))
                .replaceWith(blob);
    }

    Uni<Boolean> mount(String repository, Digest digest, String fromRepository) {
        return uploads.begin(repository, digest, Optional.of(fromRepository), false)
                .call(session -> session.map(uploads::giveUp)
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                .map(Optional::isEmpty);
    }

    Uni<BlobCopier.Outcome> copyFrom(
            RegistryClient source, String from, String to, Descriptor blob, Optional<String> mountFrom) {
        return transport.together(() -> head(to, blob.digest())
                .chain(there -> there.isPresent()
                        ? Uni.createFrom().item(BlobCopier.Outcome.PRESENT)
                        : mountOrCopy(source, from, to, blob, mountFrom)));
    }

    private Uni<BlobCopier.Outcome> mountOrCopy(
            RegistryClient source, String from, String to, Descriptor blob, Optional<String> mountFrom) {
        return uploads.begin(to, blob.digest(), mountFrom, false)
                .chain(session -> session.isEmpty()
                        ? Uni.createFrom().item(BlobCopier.Outcome.MOUNTED)
                        : pump(source, from, blob, session.get()).replaceWith(BlobCopier.Outcome.COPIED));
    }

    /** A copy holds a ticket of both registries from its beginning to its end. */
    private Uni<Void> pump(RegistryClient source, String from, Descriptor blob, Uploads.Session session) {
        return Uni.createFrom().deferred(() -> {
            var there = source.governor();
            var here = transport.options().governor();
            if (there == here) {
                return holding(here.ticket(), session.action(), () -> pumpNow(source, from, blob, session));
            }
            var first = there.order() < here.order() ? there : here;
            var second = first == there ? here : there;
            return holding(
                    first.ticket(),
                    session.action(),
                    () -> holding(second.ticket(), session.action(), () -> pumpNow(source, from, blob, session)));
        });
    }

    private <T> Uni<T> holding(Governor.Ticket ticket, String action, Supplier<Uni<T>> work) {
        return transport.admitted(action, ticket, work).onItem().invoke(ticket::release);
    }

    private Uni<Void> pumpNow(RegistryClient source, String from, Descriptor blob, Uploads.Session session) {
        return source.blobs()
                .open(from, blob.digest(), 0, () -> {})
                .map(opened -> opened.orElseThrow(() -> Uploads.missing(from, blob)))
                .chain(opened -> uploads.send(session, new Uploads.Content(opened.verified(), blob)))
                .onFailure()
                .call(() -> uploads.giveUp(session));
    }

    private Uni<Optional<OpenBlob>> open(String repository, Digest digest, long offset, Runnable whenOver) {
        var request = reading(repository, digest, offset);
        return transport.open(request).map(answer -> opened(request.action(), digest, answer, offset, whenOver));
    }

    private static Optional<OpenBlob> opened(
            String action, Digest digest, Answer answer, long offset, Runnable whenOver) {
        if (answer.stream() == null) {
            whenOver.run();
            return Optional.empty();
        }
        return Optional.of(new OpenBlob(action, digest, answer, answer.stream(), offset, whenOver));
    }

    private static Uploads.Content verified(String action, Descriptor blob, Multi<Buffer> content) {
        var subscription = new AtomicReference<Flow.Subscription>();
        var source = MultiHelper.toReadStream(
                content.onSubscription().invoke(subscription::set).onRequest().call(BlobCalls::nextTurn));
        Runnable cut = () -> Optional.ofNullable(subscription.get()).ifPresent(Flow.Subscription::cancel);
        return new Uploads.Content(
                new VerifiedContent(source, action, blob.digest(), blob.size(), cut, () -> {}), blob);
    }

    /** Content that is always at hand would keep the event loop to itself: between its parts others have their turn. */
    private static Uni<Void> nextTurn() {
        var context = Vertx.currentContext();
        return context == null
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().emitter(emitter -> context.runOnContext(_ -> emitter.complete(null)));
    }

    private static Request reading(String repository, Digest digest, long offset) {
        var request = request(HttpMethod.GET, repository, digest, "read the blob ")
                .forContent()
                .expecting(200, 404);
        return offset == 0
                ? request
                : request.with("Range", "bytes=" + offset + "-").expecting(200, 206, 404);
    }

    private static Request request(HttpMethod method, String repository, Digest digest, String action) {
        Names.repository(repository);
        return Request.of(method, "/v2/" + repository + "/blobs/" + digest, action + repository + "@" + digest)
                .scoped("repository:" + repository + ":pull");
    }
}
