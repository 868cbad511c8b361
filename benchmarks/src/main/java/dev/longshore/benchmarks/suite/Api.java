package dev.longshore.benchmarks.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;

/** The administrator at the gateway. */
public final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI door;
    private final String token;

    private Api(URI door, String token) {
        this.door = door;
        this.token = token;
    }

    public static Api of(Suite suite) throws IOException, InterruptedException {
        var password = Files.readString(suite.home().resolve("admin-password")).strip();
        var session = new Api(suite.door(), "")
                .send(
                        "POST",
                        "/api/v1/sessions",
                        "application/json",
                        BodyPublishers.ofString("{\"username\": \"admin\", \"password\": \"%s\"}".formatted(password)));
        return new Api(suite.door(), session.path("token").asText());
    }

    /** Of the administrator's session. */
    public String token() {
        return token;
    }

    public JsonNode get(String path) throws IOException, InterruptedException {
        return send("GET", path, "application/json", BodyPublishers.noBody());
    }

    public JsonNode put(String path, String json) throws IOException, InterruptedException {
        return send("PUT", path, "application/json", BodyPublishers.ofString(json));
    }

    public JsonNode post(String path, String json) throws IOException, InterruptedException {
        return send("POST", path, "application/json", BodyPublishers.ofString(json));
    }

    public static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** The answer; an exception if it is no success. */
    public JsonNode send(String method, String path, String contentType, BodyPublisher body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(door.resolve(path))
                .timeout(Duration.ofMinutes(2))
                .header("Content-Type", contentType)
                .method(method, body);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        var answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(
                    "%s %s was answered %d: %s".formatted(method, path, answer.statusCode(), answer.body()));
        }
        return JSON.readTree(answer.body());
    }
}
