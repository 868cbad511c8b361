package dev.longshore.gateway.suite;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Registries whose names begin with {@code snap}, and checkpoints, as config-service and push-service answer. */
final class SnapServices {

    private final Map<String, JsonObject> registries = new ConcurrentHashMap<>();
    private final AtomicInteger looks = new AtomicInteger();

    boolean answers(HttpServerRequest request) {
        var path = request.path();
        return path.startsWith("/api/v1/registries/snap")
                || path.startsWith("/api/v1/checkpoints")
                || (path.equals("/api/v1/registries") && "500".equals(request.getParam("limit")));
    }

    void handle(HttpServerRequest request) {
        if (isUpload(request)) {
            count(request);
        } else {
            request.body().onSuccess(body -> {
                if (request.path().startsWith("/api/v1/checkpoints")) {
                    checkpoint(request, body);
                } else {
                    registry(request, body);
                }
            });
        }
    }

    private static boolean isUpload(HttpServerRequest request) {
        return String.valueOf(request.getHeader("Content-Type")).startsWith("multipart/");
    }

    /** Reads an upload without keeping it. */
    private static void count(HttpServerRequest request) {
        var bytes = new long[1];
        request.handler(part -> bytes[0] += part.length());
        request.endHandler(_ -> answer(request, 202, new JsonObject().put("bytes", bytes[0])));
    }

    private void registry(HttpServerRequest request, Buffer body) {
        var name = request.path().replaceFirst("^/api/v1/registries/?", "").replace("/diagnoses", "");
        var known = registries.get(name);
        switch (request.method().name()) {
            case "PUT" -> put(request, name, body);
            case "POST" -> answer(request, 200, diagnosis(name));
            case "DELETE" -> {
                registries.remove(name);
                request.response().setStatusCode(known == null ? 404 : 204).end();
            }
            default -> {
                if (name.isEmpty()) {
                    var items = new JsonArray();
                    new TreeMap<>(registries).forEach((_, registry) -> items.add(shown(registry)));
                    answer(request, 200, new JsonObject().put("items", items).putNull("next"));
                } else {
                    answer(request, known == null ? 404 : 200, known == null ? problem("/name") : shown(known));
                }
            }
        }
    }

    private void put(HttpServerRequest request, String name, Buffer body) {
        if ("*".equals(request.getHeader("If-None-Match")) && registries.containsKey(name)) {
            answer(request, 412, problem("/name"));
        } else {
            var registry = body.toJsonObject().put("name", name);
            registries.put(name, registry);
            answer(request, 200, shown(registry));
        }
    }

    /** A password is shown as one that is there; what was sent is at {@code sent}, for the tests. */
    private static JsonObject shown(JsonObject registry) {
        var shown = registry.copy().put("sent", registry.encode());
        var credentials = shown.getJsonObject("credentials");
        if (credentials != null) {
            credentials.put("password", new JsonObject().put("set", true));
        }
        return shown;
    }

    private static JsonObject diagnosis(String name) {
        var failed = name.equals("snap-away");
        var step =
                new JsonObject().put("outcome", failed ? "failed" : "ok").put("message", "the connection was refused");
        return new JsonObject()
                .put("outcome", failed ? "failed" : "ok")
                .put("code", failed ? "registry-unreachable" : null)
                .put("steps", new JsonArray().add(step));
    }

    /** Is under way for two looks; the folder of the pod says what comes of it. */
    private void checkpoint(HttpServerRequest request, Buffer body) {
        if (request.method().name().equals("POST")) {
            var wanted = body.toJsonObject();
            if (wanted.getString("metadata").startsWith("no-json/")) {
                answer(request, 404, problem("/metadata"));
            } else if (wanted.getString("metadata").startsWith("elsewhere/")) {
                answer(request, 400, problem("/metadata"));
            } else {
                looks.set(0);
                answer(
                        request,
                        202,
                        new JsonObject()
                                .put("id", "psh-" + wanted.getString("path").split("/")[0]));
            }
        } else if (looks.incrementAndGet() < 3) {
            answer(request, 200, new JsonObject().put("state", "running"));
        } else if (request.path().endsWith("full")) {
            var error = new JsonObject().put("code", "registry-full").put("reason", "no space left on device");
            answer(request, 200, new JsonObject().put("state", "failed").put("error", error));
        } else {
            var address = "http://nexus.corp:5000/snap/prod-default-web:0123-5d4f";
            answer(request, 200, new JsonObject().put("state", "succeeded").put("address", address));
        }
    }

    private static JsonObject problem(String pointer) {
        var error = new JsonObject().put("pointer", pointer).put("detail", "not as it should be");
        return new JsonObject().put("code", "x").put("errors", new JsonArray().add(error));
    }

    private static void answer(HttpServerRequest request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.toBuffer());
    }
}
