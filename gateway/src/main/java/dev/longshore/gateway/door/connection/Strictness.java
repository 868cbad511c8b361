package dev.longshore.gateway.door.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.HttpServerOptions;

/**
 * Makes a connection's reading of requests strict. With TLS what reads them is there only once both sides have agreed on
 * HTTP/1.1: then before the first byte that it would read.
 */
final class Strictness extends ChannelInboundHandlerAdapter {

    private static final String TLS = "handshaker";

    private final HttpServerOptions options;

    private Strictness(HttpServerOptions options) {
        this.options = options;
    }

    static void into(ChannelPipeline pipeline, HttpServerOptions options) {
        if (pipeline.get(TLS) == null) {
            StrictDecoder.into(pipeline, options);
        } else {
            pipeline.addAfter(TLS, "longshore-strictness", new Strictness(options));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        StrictDecoder.into(context.pipeline(), options);
        super.channelRead(context, message);
        if (!context.isRemoved()) {
            context.pipeline().remove(this);
        }
    }
}
