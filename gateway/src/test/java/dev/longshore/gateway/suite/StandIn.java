package dev.longshore.gateway.suite;

import dev.longshore.testkit.LocalInfra;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Stands in for the services: tells what it was sent, and misbehaves when asked to. */
final class StandIn {

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final NetServer silent;
    private final LocalInfra infra;
    private volatile boolean speaks;
    private final AtomicLong asked = new AtomicLong();
    private final SnapServices snap = new SnapServices();
    private final Map<String, Integer> seen = new ConcurrentHashMap<>();

    private final AtomicInteger counted = new AtomicInteger();

    private StandIn(LocalInfra infra) {
        this.infra = infra;
        server = vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        silent = vertx.createNetServer()
                .connectHandler(socket -> socket.handler(_ -> {
                    if (speaks) {
                        socket.write(
                                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
                    }
                }))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    static StandIn start(LocalInfra infra) {
        return new StandIn(infra);
    }

    String address() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** Takes connections and never says a word, until it is told to speak. */
    String silentAddress() {
        return "http://127.0.0.1:" + silent.actualPort();
    }

    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void handle(HttpServerRequest request) {
        if (request.path().equals("/control/seen")) {
            request.response().end(String.valueOf(seen.getOrDefault(request.getParam("path"), 0)));
            return;
        }
        seen.merge(request.path(), 1, Integer::sum);
        if (request.path().equals("/control/count")) {
            request.response().end(Long.toString(asked.get()));
            return;
        }
        if (!request.path().startsWith("/q/") && !request.path().startsWith("/control/")) {
            asked.incrementAndGet();
        }
        if (request.path().startsWith("/control/")) {
            control(request);
        } else if (snap.answers(request)) {
            snap.handle(request);
        } else if (request.path().equals("/q/openapi")) {
            request.response().end(OPENAPI);
        } else if (request.path().equals("/api/v1/executions")) {
            request.response().end(EXECUTIONS);
        } else if (request.path().equals("/api/v1/delivery-outcomes")) {
            request.response().end(outcomes(request).toBuffer());
        } else {
            misbehave(request, String.valueOf(request.getParam("mode")));
        }
    }

    private static JsonObject outcomes(HttpServerRequest request) {
        var items = new JsonArray();
        request.params()
                .getAll("delivery")
                .forEach(delivery -> items.add(new JsonObject()
                        .put("delivery", delivery)
                        .put("state", "failed")
                        .put("reasons", new JsonArray().add("the registry is away"))));
        return new JsonObject().put("items", items);
    }

    private void misbehave(HttpServerRequest request, String mode) {
        var response = request.response();
        switch (mode) {
            case "break-off" -> {
                response.setChunked(true).write("{\"begun\":");
                vertx.setTimer(50, _ -> request.connection().close());
            }
            case "close" -> request.connection().close();
            case "location" ->
                response.setStatusCode(201)
                        .putHeader("Location", address() + "/api/v1/registries/left")
                        .end();
            case "count" ->
                request.body()
                        .onSuccess(_ -> response.setStatusCode(202)
                                .putHeader(
                                        "Location", address() + "/api/v1/executions/scn-" + counted.incrementAndGet())
                                .end("{\"count\":%d}".formatted(counted.get())));
            case "fail-once" ->
                request.body()
                        .onSuccess(_ -> response.setStatusCode(counted.incrementAndGet() % 2 == 1 ? 500 : 202)
                                .end("{}"));
            case "silent" -> {}
            case "none" -> response.setStatusCode(204).end();
            case "problem" ->
                response.setStatusCode(409)
                        .putHeader("Content-Type", "application/problem+json")
                        .putHeader("ETag", "\"7\"")
                        .end("{\"code\":\"conflict\"}");
            case "large" -> large(request);
            default -> echo(request);
        }
    }

    private void large(HttpServerRequest request) {
        var megabytes = Integer.parseInt(request.getParam("megabytes"));
        var response = request.response().setChunked(true);
        write(response, megabytes);
    }

    private static void write(io.vertx.core.http.HttpServerResponse response, int megabytes) {
        if (megabytes == 0) {
            response.end();
        } else {
            response.write(Buffer.buffer(new byte[1024 * 1024])).onSuccess(_ -> write(response, megabytes - 1));
        }
    }

    private void echo(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            var headers = new JsonObject();
            request.headers()
                    .names()
                    .forEach(name -> headers.put(
                            name.toLowerCase(java.util.Locale.ROOT),
                            new JsonArray(request.headers().getAll(name))));
            request.response()
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Server", "stand-in/1.0")
                    .putHeader("Connection", "X-Hop")
                    .putHeader("X-Hop", "here")
                    .putHeader("X-Kept", "yes")
                    .end(new JsonObject()
                            .put("method", request.method().name())
                            .put("uri", request.uri())
                            .put("headers", headers)
                            .put("body", body.length() > 1000 ? "" : body.toString())
                            .put("bodyLength", body.length())
                            .toBuffer());
        });
    }

    private void control(HttpServerRequest request) {
        vertx.<Void>executeBlocking(() -> {
                    switch (request.path()) {
                        case "/control/speak" -> speaks = true;
                        case "/control/fall-silent" -> speaks = false;
                        case "/control/stop-kafka" -> infra.stopKafka();
                        case "/control/start-kafka" -> infra.startKafka();
                        case "/control/stop-postgres" -> infra.stopPostgres();
                        case "/control/start-postgres" -> infra.startPostgres();
                        default -> throw new IllegalArgumentException(request.path());
                    }
                    return null;
                })
                .onComplete(done -> request.response()
                        .setStatusCode(done.succeeded() ? 200 : 500)
                        .end(String.valueOf(done.cause())));
    }

    private static final String OPENAPI = """
            {"openapi": "3.1.0", "info": {"title": "stand-in", "version": "1"},
             "paths": {"/api/v1/registries/{name}": {"put": {"responses": {"200": {"description": "Replaced"}}}},
                       "/api/v1/scans": {"get": {"responses": {"200": {"description": "Scans"}}}},
                       "/api/v1/executions/{id}": {"get": {"responses": {"200": {"description": "One"}}}},
                       "/q/secret": {"get": {}}}}""";

    private static final String EXECUTIONS = """
            {"items": [{"id": "x-1", "kind": "scan", "state": "running", "createdAt": "2026-11-21T08:00:00Z"}], "next": null}""";
}
