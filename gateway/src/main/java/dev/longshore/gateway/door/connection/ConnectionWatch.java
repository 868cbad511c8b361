package dev.longshore.gateway.door.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpServerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches the bytes of one connection, and ends it when the other side takes too long to send a request's head, sends a
 * body too slowly, or does not read what it is sent. An idle timeout does not see those: one byte now and then is enough
 * for it. All of it runs on the connection's event loop.
 */
final class ConnectionWatch extends ChannelDuplexHandler {

    static final AttributeKey<ConnectionWatch> KEY = AttributeKey.valueOf("longshore.watch");

    private final Pace pace;
    private final HttpServerOptions options;
    private final Consumer<String> cut;
    private final List<Exchange> exchanges = new ArrayList<>(2);
    private final SlowSince reading;
    private final SlowSince writing;
    private long read;
    private long written;
    private long messageBegan;
    private long waitingSince;
    private boolean isWaiting;
    /** Known only of a connection that was watched from its beginning; of others, half of a request may have been read. */
    private boolean isUnread;

    private boolean isMultiplexed;
    private @Nullable ScheduledFuture<?> ticks;

    /** @param cut told which of them it was when a connection is ended */
    ConnectionWatch(Pace pace, HttpServerOptions options, Consumer<String> cut) {
        this.pace = pace;
        this.options = options;
        this.cut = cut;
        this.reading = new SlowSince(pace);
        this.writing = new SlowSince(pace);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.channel().attr(KEY).set(this);
        if (context.channel().isActive()) {
            start(context);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        isUnread = true;
        start(context);
        super.channelActive(context);
    }

    private void start(ChannelHandlerContext context) {
        if (ticks == null) {
            startToWait();
            ticks = context.executor()
                    .scheduleAtFixedRate(() -> look(context.channel()), pace.tick(), pace.tick(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        if (ticks != null) {
            ticks.cancel(false);
        }
        exchanges.forEach(Exchange::end);
        exchanges.clear();
        super.channelInactive(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (isUnread) {
            isUnread = false;
            Strictness.into(context.pipeline(), options);
        }
        if (exchanges.isEmpty() && !isWaiting) {
            startToWait();
        }
        read += size(message);
        super.channelRead(context, message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        written += size(message);
        super.write(context, message, promise);
    }

    private void startToWait() {
        isWaiting = true;
        waitingSince = System.nanoTime();
        messageBegan = read;
    }

    /** The head of a request is there. */
    void begin(Exchange exchange) {
        isWaiting = false;
        isMultiplexed |= exchange.isMultiplexed();
        exchanges.add(exchange);
    }

    void over(Exchange exchange) {
        exchange.end();
        exchanges.remove(exchange);
        // Frames of HTTP/2 and of a WebSocket come whenever they like.
        isMultiplexed |= exchange.isUpgraded();
    }

    private void look(Channel channel) {
        List.copyOf(exchanges).stream().filter(Exchange::isOver).forEach(this::over);
        if (isWaiting && !isMultiplexed && System.nanoTime() - waitingSince > pace.head()) {
            end(channel, "head");
        } else if (reading.isTooLong(isReading(channel), read)) {
            cut.accept("body");
            List.copyOf(exchanges).forEach(Exchange::cutOff);
        } else {
            lookAtAnswers(channel);
        }
    }

    /** Not while the gateway itself does not take more. */
    private boolean isReading(Channel channel) {
        return !isMultiplexed
                && channel.config().isAutoRead()
                && exchanges.stream().anyMatch(exchange -> exchange.isReading(read - messageBegan));
    }

    private void lookAtAnswers(Channel channel) {
        var buffer = channel.unsafe().outboundBuffer();
        if (buffer == null) {
            return;
        }
        var pending = buffer.totalPendingWriteBytes();
        if (writing.isTooLong(pending > 0, written - pending)) {
            end(channel, "answer");
        }
    }

    private void end(Channel channel, String reason) {
        cut.accept(reason);
        var _ = channel.close();
    }

    private static long size(Object message) {
        return switch (message) {
            case ByteBuf bytes -> bytes.readableBytes();
            case ByteBufHolder holder -> holder.content().readableBytes();
            case FileRegion region -> region.count();
            default -> 0;
        };
    }
}
