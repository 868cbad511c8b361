package dev.longshore.e2e.client;

import dev.longshore.e2e.suite.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/** A user of the API. Every answer that any of them got is kept in a file, to be searched for secrets. */
public final class Api {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Path ANSWERS = Path.of(System.getProperty("longshore.root"), "e2e/target/answers.txt");

    private final URI door;
    private final String token;

    private Api(URI door, String token) {
        this.door = door;
        this.token = token;
    }

    /** The administrator, signed in with the password that the gateway made at its first start. */
    public static Api admin(Suite suite) {
        var nobody = nobody(suite);
        var session = nobody.post(
                "/api/v1/sessions", "{\"username\": \"admin\", \"password\": \"%s\"}".formatted(suite.adminPassword()));
        if (session.status() / 100 != 2) {
            throw new IllegalStateException("Could not sign in: " + session);
        }
        return new Api(suite.door(), session.json().path("token").asText());
    }

    /** Somebody who is not signed in. */
    public static Api nobody(Suite suite) {
        return new Api(suite.door(), "");
    }

    /** Of the session. */
    public String token() {
        return token;
    }

    public static Path answers() {
        return ANSWERS;
    }

    public Answer get(String path) {
        return send(path, request(path).GET());
    }

    public Answer delete(String path) {
        return send(path, request(path).DELETE());
    }

    public Answer put(String path, String json) {
        return send(
                path, request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)));
    }

    public Answer post(String path, String json) {
        return send(
                path, request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    public Answer post(String path, Map<String, String> headers, byte[] body) {
        var request = request(path).POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::setHeader);
        return send(path, request);
    }

    /** The same, of which only success will do. */
    public Answer demand(Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new IllegalStateException("Refused: " + answer);
        }
        return answer;
    }

    /** {@code GET path?reference=…}. */
    public Answer about(String path, String reference) {
        return get(path + "?reference=" + URLEncoder.encode(reference, StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(door + path)).timeout(Duration.ofSeconds(30));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private static Answer send(String path, HttpRequest.Builder request) {
        try {
            var answer = HTTP.send(request.build(), BodyHandlers.ofString());
            // The token of a session is given to whom it belongs, in this one answer.
            if (!path.equals("/api/v1/sessions") || answer.statusCode() / 100 != 2) {
                // Some put a secret into the address, which is theirs to keep.
                keep(
                        path.replaceFirst("^(/webhooks/[^/]+)/.*", "$1/…"),
                        answer.statusCode() + " " + answer.headers().map() + " " + answer.body());
            }
            return new Answer(answer.statusCode(), answer.body(), answer.headers());
        } catch (IOException e) {
            throw new UncheckedIOException("No answer from " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + path, e);
        }
    }

    private static synchronized void keep(String path, String answer) throws IOException {
        Files.writeString(ANSWERS, path + " " + answer + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
