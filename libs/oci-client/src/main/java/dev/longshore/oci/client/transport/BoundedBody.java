package dev.longshore.oci.client.transport;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;
import org.jspecify.annotations.Nullable;

/** Collects a body up to a limit; beyond it the connection is given up rather than memory. */
final class BoundedBody implements BodyCodec<Buffer>, BodyStream<Buffer> {

    private final int limit;
    private final Runnable whenTooLarge;
    private final Buffer collected = Buffer.buffer();
    private final Promise<Buffer> result = Promise.promise();

    BoundedBody(int limit, Runnable whenTooLarge) {
        this.limit = limit;
        this.whenTooLarge = whenTooLarge;
    }

    @Override
    public void create(Handler<AsyncResult<BodyStream<Buffer>>> handler) {
        handler.handle(Future.succeededFuture(this));
    }

    @Override
    public Future<Void> write(Buffer data) {
        if (collected.length() + (long) data.length() > limit) {
            whenTooLarge.run();
        } else {
            collected.appendBuffer(data);
        }
        return Future.succeededFuture();
    }

    @Override
    public void write(Buffer data, Handler<AsyncResult<Void>> handler) {
        write(data).onComplete(handler);
    }

    @Override
    public void end(Handler<AsyncResult<Void>> handler) {
        result.tryComplete(collected);
        handler.handle(Future.succeededFuture());
    }

    @Override
    public Future<Buffer> result() {
        return result.future();
    }

    @Override
    public void handle(Throwable failure) {
        result.tryFail(failure);
    }

    @Override
    public BoundedBody exceptionHandler(@Nullable Handler<Throwable> handler) {
        return this;
    }

    @Override
    public BoundedBody setWriteQueueMaxSize(int maxSize) {
        return this;
    }

    @Override
    public boolean writeQueueFull() {
        return false;
    }

    @Override
    public BoundedBody drainHandler(@Nullable Handler<Void> handler) {
        return this;
    }
}
