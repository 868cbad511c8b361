package dev.longshore.oci.client.transport;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** A body still to be read, paused. Who does not read it to its end cuts it. */
public final class ResponseBody implements ReadStream<Buffer> {

    private final HttpClientResponse response;
    private final @Nullable Context context = Vertx.currentContext();
    private final StreamEnd end = new StreamEnd();
    private volatile @Nullable Handler<Buffer> handler;

    /** To be made on the context where the response's head arrived: later its beginning or end may have been missed. */
    ResponseBody(HttpClientResponse response) {
        this.response = response;
        response.pause();
        response.exceptionHandler(end::fail);
        response.endHandler(_ -> end.end());
        response.handler(this::received);
    }

    private void received(Buffer buffer) {
        var next = handler;
        if (next != null) {
            next.handle(buffer);
        }
    }

    public void cut() {
        if (!end.isOver()) {
            response.request().reset();
        }
    }

    @Override
    public ResponseBody handler(@Nullable Handler<Buffer> changed) {
        handler = changed;
        return this;
    }

    @Override
    public ResponseBody exceptionHandler(@Nullable Handler<Throwable> changed) {
        end.onFailure(changed);
        return this;
    }

    @Override
    public ResponseBody endHandler(@Nullable Handler<Void> changed) {
        end.onEnd(changed);
        return this;
    }

    @Override
    public ResponseBody pause() {
        atHome(response::pause);
        return this;
    }

    @Override
    public ResponseBody resume() {
        atHome(response::resume);
        return this;
    }

    @Override
    public ResponseBody fetch(long amount) {
        atHome(() -> response.fetch(amount));
        return this;
    }

    /** A response's queue knows one thread only: asked from another, it may miss that somebody wants what arrives. */
    private void atHome(Runnable step) {
        if (context == null || context.equals(Vertx.currentContext())) {
            step.run();
        } else {
            context.runOnContext(_ -> step.run());
        }
    }
}
