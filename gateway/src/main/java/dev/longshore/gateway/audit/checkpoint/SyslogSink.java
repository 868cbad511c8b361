package dev.longshore.gateway.audit.checkpoint;

import dev.longshore.gateway.audit.AuditConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.NetClientOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Sends each checkpoint to a syslog server (RFC 5424), over UDP (RFC 5426) or TCP with counted frames (RFC 6587). */
@ApplicationScoped
class SyslogSink implements CheckpointSink {

    /** Facility 13 (log audit), severity 5 (notice). */
    private static final int PRIORITY = 13 * 8 + 5;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Optional<URI> address;
    private final Vertx vertx;

    SyslogSink(AuditConfig config, Vertx vertx) {
        this.address = config.checkpoints().syslog();
        this.vertx = vertx;
        address.ifPresent(uri -> {
            if (!("udp".equals(uri.getScheme()) || "tcp".equals(uri.getScheme())) || uri.getPort() < 0) {
                throw new IllegalArgumentException(
                        "longshore.audit.checkpoints.syslog is udp://host:port or tcp://host:port, not " + uri);
            }
        });
    }

    @Override
    public String name() {
        return "syslog";
    }

    @Override
    public boolean isConfigured() {
        return address.isPresent();
    }

    @Override
    public Uni<Void> write(String signed, Instant madeAt) {
        var uri = address.orElseThrow();
        var message = "<%d>1 %s - longshore-gateway - audit-checkpoint - %s".formatted(PRIORITY, madeAt, signed);
        return Uni.createFrom()
                .completionStage(() ->
                        ("udp".equals(uri.getScheme()) ? byUdp(uri, message) : byTcp(uri, message)).toCompletionStage())
                .ifNoItem()
                .after(PATIENCE)
                .fail();
    }

    private Future<Void> byUdp(URI uri, String message) {
        var socket = vertx.createDatagramSocket(new DatagramSocketOptions());
        return socket.send(message, uri.getPort(), uri.getHost()).eventually(() -> socket.close());
    }

    private Future<Void> byTcp(URI uri, String message) {
        var length = message.getBytes(StandardCharsets.UTF_8).length;
        var client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(5_000));
        return client.connect(uri.getPort(), uri.getHost())
                .compose(socket ->
                        socket.write(Buffer.buffer(length + " " + message)).compose(_ -> socket.close()))
                .eventually(() -> client.close());
    }
}
