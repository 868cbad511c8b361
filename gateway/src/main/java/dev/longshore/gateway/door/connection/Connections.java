package dev.longshore.gateway.door.connection;

import dev.longshore.gateway.door.settings.DoorConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Has every connection watched from its first byte on, and tells when an exchange is over, however it ends. */
@ApplicationScoped
public class Connections {

    private static final AttributeKey<Boolean> GUARDED = AttributeKey.valueOf("longshore.guarded");

    private final Pace pace;
    private final ServerOptions options;
    private final MeterRegistry meters;

    Connections(DoorConfig config, ServerOptions options, MeterRegistry meters) {
        this.options = options;
        this.pace = Pace.of(config);
        this.meters = meters;
    }

    /** @param tooSlow answers that the body comes too slowly */
    public void begin(RoutingContext context, Runnable tooSlow) {
        var exchange = new Exchange(context.request(), context.response(), tooSlow);
        context.put(Exchange.KEY, exchange);
        if (context.request().connection() instanceof ConnectionBase connection) {
            var channel = connection.channel();
            var watch = watch(channel);
            watch.begin(exchange);
            context.addEndHandler(_ -> channel.eventLoop().execute(() -> watch.over(exchange)));
        } else {
            context.addEndHandler(_ -> exchange.end());
        }
    }

    /** Runs it when the answer is sent, the caller gone or the connection cut off; once. */
    public void whenOver(RoutingContext context, Runnable work) {
        var exchange = context.<Exchange>get(Exchange.KEY);
        if (exchange == null) {
            context.addEndHandler(_ -> work.run());
        } else {
            exchange.whenOver(work);
        }
    }

    private ConnectionWatch watch(Channel channel) {
        var watch = channel.attr(ConnectionWatch.KEY).get();
        if (watch != null) {
            return watch;
        }
        // Vert.x shows a connection only with its first request: the listening socket is known by it, and hands over
        // those that come after as they are accepted.
        if (channel.parent() != null) {
            guard(channel.parent());
        }
        var first = newWatch();
        channel.pipeline().addFirst(first);
        return first;
    }

    private void guard(Channel listening) {
        if (listening.attr(GUARDED).setIfAbsent(true) == null) {
            listening.pipeline().addFirst(new Accepting());
        }
    }

    private ConnectionWatch newWatch() {
        return new ConnectionWatch(pace, options.current(), this::count);
    }

    private void count(String reason) {
        Counter.builder("longshore.door.cut.off")
                .description("Connections ended because the other side was too slow")
                .tag("reason", reason)
                .register(meters)
                .increment();
    }

    /** What a listening socket reads are the connections that it accepts. */
    private final class Accepting extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) throws Exception {
            if (accepted instanceof Channel connection) {
                connection.pipeline().addFirst(newWatch());
            }
            super.channelRead(context, accepted);
        }
    }
}
