package dev.longshore.oci.client;

import dev.longshore.oci.Digest;
import dev.longshore.oci.client.http.RegistryException.DigestMismatch;
import dev.longshore.oci.client.transport.StreamEnd;
import dev.longshore.oci.client.transport.Verdicts;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Passes content on while hashing it, and ends well only if it had the size and the digest that were named. */
final class VerifiedContent implements ReadStream<Buffer> {

    private static final long UNKNOWN_SIZE = -1;

    private final ReadStream<Buffer> source;
    private final String action;
    private final @Nullable Digest digest;
    private final long size;
    private final Runnable cut;
    private final Runnable whenOver;
    private final @Nullable MessageDigest hash;

    private final StreamEnd end = new StreamEnd();
    private long seen;
    private volatile @Nullable Handler<Buffer> handler;

    /**
     * @param digest null for a part of a blob
     * @param size -1 if unknown
     * @param cut ends the source early
     * @param whenOver runs once or more when nothing will come any more
     */
    VerifiedContent(
            ReadStream<Buffer> source,
            String action,
            @Nullable Digest digest,
            long size,
            Runnable cut,
            Runnable whenOver) {
        this.source = source.pause();
        this.action = action;
        this.digest = digest;
        this.size = size;
        this.cut = cut;
        this.whenOver = whenOver;
        this.hash = digest == null ? null : StreamHashes.of(digest);
        source.exceptionHandler(this::failed);
        source.endHandler(_ -> sourceEnded());
        source.handler(this::received);
    }

    /** Why it did not end well, if so. */
    Optional<Throwable> failure() {
        return end.failure();
    }

    /** Nobody wants the rest. */
    void abandon(Throwable reason) {
        failed(reason);
    }

    // The bytes as they lie there: any other way to them copies them.
    @SuppressWarnings("deprecation")
    private void received(Buffer buffer) {
        if (end.isOver()) {
            return;
        }
        seen += buffer.length();
        if (size != UNKNOWN_SIZE && seen > size) {
            failed(new DigestMismatch(action, describe(size), "of more than %d bytes".formatted(size)));
            return;
        }
        if (hash != null) {
            hash.update(buffer.getByteBuf().nioBuffer());
        }
        var next = handler;
        if (next != null) {
            next.handle(buffer);
        }
    }

    private void sourceEnded() {
        mismatch().ifPresentOrElse(this::failed, () -> {
            whenOver.run();
            end.end();
        });
    }

    private Optional<DigestMismatch> mismatch() {
        if (size != UNKNOWN_SIZE && seen != size) {
            return Optional.of(new DigestMismatch(action, describe(size), describe(seen)));
        }
        if (digest == null || hash == null) {
            return Optional.empty();
        }
        var actual = Digest.from(digest.algorithm(), hash.digest());
        return actual.equals(digest)
                ? Optional.empty()
                : Optional.of(new DigestMismatch(action, digest.toString(), actual.toString()));
    }

    private void failed(Throwable cause) {
        if (end.fail(Verdicts.failure(action, cause))) {
            cut.run();
            whenOver.run();
        }
    }

    private static String describe(long bytes) {
        return "of %d bytes".formatted(bytes);
    }

    @Override
    public VerifiedContent handler(@Nullable Handler<Buffer> changed) {
        handler = changed;
        return this;
    }

    @Override
    public VerifiedContent exceptionHandler(@Nullable Handler<Throwable> changed) {
        end.onFailure(changed);
        return this;
    }

    @Override
    public VerifiedContent endHandler(@Nullable Handler<Void> changed) {
        end.onEnd(changed);
        return this;
    }

    @Override
    public VerifiedContent pause() {
        source.pause();
        return this;
    }

    @Override
    public VerifiedContent resume() {
        source.resume();
        return this;
    }

    @Override
    public VerifiedContent fetch(long amount) {
        source.fetch(amount);
        return this;
    }
}
