package dev.longshore.oci.client;

import dev.longshore.oci.Digest;
import dev.longshore.oci.client.http.RegistryException.DigestMismatch;
import dev.longshore.oci.client.http.Verdicts;
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

    private long seen;
    private volatile boolean ended;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Handler<Buffer> handler;
    private volatile @Nullable Handler<Void> endHandler;
    private volatile @Nullable Handler<Throwable> exceptionHandler;

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
        this.hash = digest == null ? null : digest.newHash();
        source.exceptionHandler(this::failed);
        source.endHandler(_ -> sourceEnded());
        source.handler(this::received);
    }

    /** Why it did not end well, if so. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Nobody wants the rest. */
    void abandon(Throwable reason) {
        failed(reason);
    }

    private void received(Buffer buffer) {
        if (failure != null) {
            return;
        }
        seen += buffer.length();
        if (size != UNKNOWN_SIZE && seen > size) {
            failed(new DigestMismatch(action, describe(size), "of more than %d bytes".formatted(size)));
            return;
        }
        if (hash != null) {
            hash.update(buffer.getBytes());
        }
        var next = handler;
        if (next != null) {
            next.handle(buffer);
        }
    }

    private void sourceEnded() {
        if (failure != null) {
            return;
        }
        var mismatch = mismatch();
        if (mismatch.isPresent()) {
            failed(mismatch.get());
            return;
        }
        ended = true;
        whenOver.run();
        var next = endHandler;
        if (next != null) {
            next.handle(null);
        }
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
        if (ended || failure != null) {
            return;
        }
        var told = Verdicts.failure(action, cause);
        failure = told;
        cut.run();
        whenOver.run();
        var next = exceptionHandler;
        if (next != null) {
            next.handle(told);
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

    /** Tells a latecomer too. */
    @Override
    public VerifiedContent exceptionHandler(@Nullable Handler<Throwable> changed) {
        exceptionHandler = changed;
        var before = failure;
        if (changed != null && before != null) {
            changed.handle(before);
        }
        return this;
    }

    @Override
    public VerifiedContent endHandler(@Nullable Handler<Void> changed) {
        endHandler = changed;
        if (changed != null && ended) {
            changed.handle(null);
        }
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
