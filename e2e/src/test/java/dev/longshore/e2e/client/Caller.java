package dev.longshore.e2e.client;

import dev.longshore.e2e.suite.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Someone with a token who sends any request, and hears the beginning of the answer: some answers never end. */
public final class Caller {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final int BEGINNING = 64 * 1024;
    private static final String STREAM = "text/event-stream";

    private final String door;
    private final String token;

    private Caller(String door, String token) {
        this.door = door;
        this.token = token;
    }

    /** What was answered. */
    public record Said(int status, String body) {}

    public static Caller nobody(Suite suite) {
        return new Caller(suite.door().toString(), "");
    }

    public static Caller with(Suite suite, String token) {
        return new Caller(suite.door().toString(), token);
    }

    public static Caller signedIn(Suite suite, String username, String password) {
        var nobody = Api.nobody(suite);
        var session = nobody.demand(nobody.post(
                "/api/v1/sessions", "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(username, password)));
        return new Caller(suite.door().toString(), session.json().path("token").asText());
    }

    public Said send(String method, String path, String json, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(door + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (!json.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var answer = HTTP.send(request.build(), BodyHandlers.ofInputStream());
            var isStream =
                    answer.headers().firstValue("Content-Type").orElse("").startsWith(STREAM);
            try (var body = answer.body()) {
                return new Said(
                        answer.statusCode(),
                        isStream ? "" : new String(body.readNBytes(BEGINNING), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("No answer from " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + path, e);
        }
    }
}
