package dev.longshore.gateway.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;

/** The gateway as its callers have it. */
public final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String token;
    private final HttpClient http;

    private Api(String token) {
        this(token, HTTP);
    }

    private Api(String token, HttpClient http) {
        this.token = token;
        this.http = http;
    }

    public static Api anonymous() {
        return new Api("");
    }

    /** Nobody, at another address of this machine: {@code 127.1.2.3}. */
    public static Api anonymousAt(String address) {
        return new Api(
                "",
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .localAddress(InetAddress.ofLiteral(address))
                        .build());
    }

    public static Api with(String token) {
        return new Api(token);
    }

    public static Api signedIn() {
        var answer = anonymous().signIn("admin", adminPassword());
        return new Api(json(answer).path("token").asText());
    }

    public static String adminPassword() {
        try {
            var file = ConfigProvider.getConfig().getValue("longshore.accounts.admin-password-file", Path.class);
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static URI base() {
        return URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
    }

    public String token() {
        return token;
    }

    public HttpResponse<String> signIn(String username, String password) {
        return post(
                "/api/v1/sessions",
                "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password),
                "Content-Type",
                "application/json");
    }

    public HttpResponse<String> get(String path, String... headers) {
        return exchange(request(path, headers).GET());
    }

    public HttpResponse<String> post(String path, String body, String... headers) {
        return exchange(request(path, headers).POST(BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> post(String path, byte[] body, String... headers) {
        return exchange(request(path, headers).POST(BodyPublishers.ofByteArray(body)));
    }

    public HttpResponse<String> put(String path, String body, String... headers) {
        return exchange(request(path, headers)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> postJson(String path, String body, String... headers) {
        return exchange(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> delete(String path, String... headers) {
        return exchange(request(path, headers).DELETE());
    }

    public HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base().toString().replaceAll("/$", "") + path))
                .timeout(Duration.ofSeconds(20));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return headers.length == 0 ? request : request.headers(headers);
    }

    public static HttpResponse<String> send(HttpRequest.Builder request) {
        return send(HTTP, request);
    }

    /** As this one, from its address. */
    public HttpResponse<String> exchange(HttpRequest.Builder request) {
        return send(http, request);
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What clients with manners would not send. Reads until the gateway closes or falls silent, however it does. */
    public static String raw(String text) {
        try (var socket = new Socket(base().getHost(), base().getPort())) {
            socket.setSoTimeout(20_000);
            return exchange(socket, text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String exchange(Socket socket, byte[] sent) {
        var answer = new ByteArrayOutputStream();
        try {
            socket.getOutputStream().write(sent);
            socket.getOutputStream().flush();
        } catch (IOException _) {
            // It is refused while it is still being sent.
        }
        try {
            socket.getInputStream().transferTo(answer);
        } catch (IOException _) {
            // What came until then is the answer.
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    /** Stops or starts what is around the gateway, or asks it something. */
    public static String control(String order) {
        var address = ConfigProvider.getConfig().getValue("stand-in.address", String.class);
        var answer = send(HttpRequest.newBuilder(URI.create(address + "/control/" + order))
                .POST(BodyPublishers.noBody()));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(order + ": " + answer.body());
        }
        return answer.body();
    }

    /** How often the services were asked for this path. */
    public static int seen(String path) {
        var address = ConfigProvider.getConfig().getValue("stand-in.address", String.class);
        return Integer.parseInt(send(HttpRequest.newBuilder(URI.create(address + "/control/seen?path=" + path))
                        .GET())
                .body());
    }

    /** The first of this name; 0 if there is none yet. */
    public static double metric(String name) {
        return anonymous()
                .get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElse(0);
    }

    public static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(response.statusCode() + " " + response.body(), e);
        }
    }
}
