package dev.longshore.gateway.proxy;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** A body that fails once it is longer than it may be: a chunked one does not say so beforehand. */
final class BoundedStream implements ReadStream<Buffer> {

    private final ReadStream<Buffer> source;
    private final long limit;
    private long read;
    private @Nullable Handler<Throwable> failed;
    private Handler<Buffer> witness = _ -> {};

    BoundedStream(ReadStream<Buffer> source, long limit) {
        this.source = source;
        this.limit = limit;
    }

    boolean isTooLong() {
        return read > limit;
    }

    /** Is told of every part before it goes on. */
    void witnessedBy(Handler<Buffer> listener) {
        witness = listener;
    }

    @Override
    public BoundedStream handler(@Nullable Handler<Buffer> handler) {
        if (handler == null) {
            source.handler(null);
        } else {
            source.handler(chunk -> count(chunk, handler));
        }
        return this;
    }

    private void count(Buffer chunk, Handler<Buffer> handler) {
        read += chunk.length();
        if (!isTooLong()) {
            witness.handle(chunk);
            handler.handle(chunk);
        } else if (failed != null) {
            source.pause();
            failed.handle(new IllegalStateException("The body is longer than " + limit + " bytes"));
        }
    }

    @Override
    public BoundedStream exceptionHandler(@Nullable Handler<Throwable> handler) {
        failed = handler;
        source.exceptionHandler(handler);
        return this;
    }

    @Override
    public BoundedStream endHandler(@Nullable Handler<Void> handler) {
        source.endHandler(handler);
        return this;
    }

    @Override
    public BoundedStream pause() {
        source.pause();
        return this;
    }

    @Override
    public BoundedStream resume() {
        source.resume();
        return this;
    }

    @Override
    public BoundedStream fetch(long amount) {
        source.fetch(amount);
        return this;
    }
}
