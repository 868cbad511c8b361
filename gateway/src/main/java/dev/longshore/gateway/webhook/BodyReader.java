package dev.longshore.gateway.webhook;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Reads a body up to a bound. What is longer is still read for a while, so that the sender gets to hear the answer. */
final class BodyReader {

    private final HttpServerRequest request;
    private final long kept;
    private final long read;
    private final Buffer bytes = Buffer.buffer();
    private long size;

    /**
     * What was read.
     *
     * @param bytes at most as many as were to be kept
     * @param isWhole whether these are all bytes of the body
     * @param isExhausted whether the body was read to its end; if not, the connection cannot be used again
     */
    record Body(byte[] bytes, long size, boolean isWhole, boolean isExhausted) {}

    private BodyReader(HttpServerRequest request, long kept, long read) {
        this.request = request;
        this.kept = kept;
        this.read = read;
    }

    static Uni<Body> read(HttpServerRequest request, long kept, long read) {
        return Uni.createFrom().emitter(emitter -> new BodyReader(request, kept, read).start(emitter));
    }

    private void start(UniEmitter<? super Body> emitter) {
        request.exceptionHandler(emitter::fail);
        request.endHandler(_ -> emitter.complete(body(true)));
        request.handler(chunk -> take(chunk, emitter));
        request.resume();
    }

    private void take(Buffer chunk, UniEmitter<? super Body> emitter) {
        size += chunk.length();
        if (bytes.length() < kept) {
            bytes.appendBuffer(chunk, 0, (int) Math.min(chunk.length(), kept - bytes.length()));
        }
        if (size > read) {
            request.pause();
            emitter.complete(body(false));
        }
    }

    private Body body(boolean isExhausted) {
        return new Body(bytes.getBytes(), size, isExhausted && size <= kept, isExhausted);
    }
}
