package dev.longshore.push;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.longshore.events.WebhookEvent.WebhookReceived;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Puts what a registry announces on the topic, as the gateway does; or keeps silent. */
final class Intake implements AutoCloseable {

    final List<WebhookReceived> received = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final String registry;
    private volatile boolean silent;

    Intake(String registry) {
        this.registry = registry;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", this::take);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/webhooks/" + registry);
    }

    void beSilent(boolean isSilent) {
        silent = isSilent;
    }

    static WebhookReceived webhook(String registry, String vendor, String body) {
        return new WebhookReceived(
                "default", registry, vendor, UUID.randomUUID().toString(), Map.of(), body, Instant.now());
    }

    private void take(HttpExchange exchange) throws IOException {
        // Kafka and CloudEvents look for their parts with the thread's class loader, which is not Quarkus's here.
        Thread.currentThread().setContextClassLoader(Intake.class.getClassLoader());
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var webhook = webhook(registry, "distribution", body);
        received.add(webhook);
        if (!silent) {
            World.OTHERS.tell(webhook);
        }
        exchange.sendResponseHeaders(202, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
