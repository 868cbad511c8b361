package dev.longshore.config.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.longshore.testkit.InternalTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.ConfigProvider;

/** The service as the gateway calls it. JSON may be written with single quotes. */
public final class Api {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Api() {}

    /** An answer, its body as JSON if it has one. */
    public record Answer(int status, String etag, String retryAfter, String text) {

        public JsonNode json() {
            return parse(text);
        }

        public String code() {
            return json().path("code").asText();
        }

        public String pointer() {
            return json().at("/errors/0/pointer").asText();
        }
    }

    public static Answer put(String path, String body, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(parse(body).toString())));
    }

    /** The body as it is. */
    public static Answer putRaw(String path, String body) {
        return send(request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body)));
    }

    public static Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    public static Answer post(String path) {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    public static Answer delete(String path, String... headers) {
        return send(request(path, headers).DELETE());
    }

    /** As someone who may do what is asked in one project, and sees no other. */
    public static Answer asMember(String project, String method, String path, String body) {
        return send(as(InternalTokens.in(home()).member("mia", project, "config-service"), method, path, body));
    }

    /** As someone who sees a project, and may not do what is asked. */
    public static Answer asWatcher(String project, String method, String path, String body) {
        return send(as(InternalTokens.in(home()).watcher("vera", project, "config-service"), method, path, body));
    }

    private static HttpRequest.Builder as(String token, String method, String path, String body) {
        return HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(parse(body).toString()));
    }

    public static Answer anonymously(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    /** With a token of the test's own. */
    public static Answer with(String token, String method, String path) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer " + token)
                .method(method, BodyPublishers.noBody()));
    }

    public static Path home() {
        return ConfigProvider.getConfig().getValue("longshore.home", Path.class);
    }

    public static String log() {
        try {
            return Files.readString(home().resolve("service.log"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException(text, failure);
        }
    }

    private static HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer " + InternalTokens.in(home()).administrator("config-service"));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static URI uri(String path) {
        var base = ConfigProvider.getConfig().getValue("test.url", String.class);
        return URI.create(base.replaceAll("/$", "") + (path.startsWith("/") ? path : "/api/v1/" + path));
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("ETag").orElse(""),
                    response.headers().firstValue("Retry-After").orElse(""),
                    response.body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
