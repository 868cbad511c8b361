package dev.longshore.gateway.door.connection;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/**
 * Refuses a request that says its length in two ways. Netty takes the one and forgets the other, as RFC 9112 allows; whoever
 * hands it on to us may have taken the other, and what follows for another request.
 */
final class StrictDecoder extends VertxHttpRequestDecoder {

    private static final String NAME = "httpDecoder";

    private StrictDecoder(HttpServerOptions options) {
        super(options);
    }

    /** To be called before the first byte of a request is read. Nothing happens on a connection that speaks HTTP/2. */
    static void into(ChannelPipeline pipeline, HttpServerOptions options) {
        var lenient = pipeline.get(NAME);
        if (lenient instanceof VertxHttpRequestDecoder && !(lenient instanceof StrictDecoder)) {
            pipeline.replace(NAME, NAME, new StrictDecoder(options));
        }
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("The request has a Content-Length and a Transfer-Encoding");
    }
}
