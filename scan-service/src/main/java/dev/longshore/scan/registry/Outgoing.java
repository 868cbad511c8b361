package dev.longshore.scan.registry;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.streams.WriteStream;
import org.jspecify.annotations.Nullable;

/**
 * A response that swallows what comes after the scanner has hung up. It does so when it has read all files of a layer,
 * which is before the layer's end; only there is known whether the bytes were the ones named.
 */
final class Outgoing implements WriteStream<Buffer> {

    private final HttpServerResponse response;
    private @Nullable Handler<Void> whenDrained;

    Outgoing(HttpServerResponse response) {
        this.response = response;
        response.exceptionHandler(_ -> goOn());
        response.closeHandler(_ -> goOn());
    }

    @Override
    public Future<Void> write(Buffer data) {
        return response.closed()
                ? Future.succeededFuture()
                : response.write(data).otherwiseEmpty();
    }

    @Override
    @Deprecated
    public void write(Buffer data, Handler<AsyncResult<Void>> handler) {
        write(data).onComplete(handler);
    }

    @Override
    @Deprecated
    public void end(Handler<AsyncResult<Void>> handler) {
        var ended = response.closed()
                ? Future.<Void>succeededFuture()
                : response.end().otherwiseEmpty();
        ended.onComplete(handler);
    }

    @Override
    public boolean writeQueueFull() {
        return !response.closed() && response.writeQueueFull();
    }

    @Override
    public Outgoing drainHandler(@Nullable Handler<Void> handler) {
        whenDrained = handler;
        if (!response.closed()) {
            response.drainHandler(handler);
        }
        return this;
    }

    @Override
    public Outgoing exceptionHandler(@Nullable Handler<Throwable> handler) {
        return this;
    }

    @Override
    public Outgoing setWriteQueueMaxSize(int maxSize) {
        response.setWriteQueueMaxSize(maxSize);
        return this;
    }

    /** Whoever waits for the scanner to read on need not. */
    private void goOn() {
        var waiting = whenDrained;
        if (waiting != null) {
            waiting.handle(null);
        }
    }
}
