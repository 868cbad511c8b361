package dev.longshore.testkit.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Pushes images by plain HTTP, so that what is tested does not also prepare its own test. */
public final class TestPush {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI registry;
    private final String authorization;

    private TestPush(URI registry, String authorization) {
        this.registry = registry;
        this.authorization = authorization;
    }

    public static TestPush to(URI registry) {
        return new TestPush(registry, "");
    }

    public static TestPush to(URI registry, String username, String password) {
        var pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new TestPush(registry, "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    /** Blobs first, then the children by digest, then the manifest under the tag. */
    public void image(String repository, String tag, TestImage image) {
        image.allBlobs().forEach(blob -> blob(repository, blob));
        image.children().stream()
                .flatMap(child -> child.allManifests().stream())
                .forEach(manifest -> manifest(repository, manifest.digest(), manifest));
        manifest(repository, tag, image.manifest());
    }

    public void blob(String repository, TestContent blob) {
        var begun = send(request("/v2/" + repository + "/blobs/uploads/").POST(BodyPublishers.noBody()), 202);
        var location = begun.headers().firstValue("Location").orElseThrow();
        var target = registry.resolve(location).toString();
        var put = target + (target.contains("?") ? "&" : "?") + "digest=" + blob.digest();
        send(
                request(put)
                        .header("Content-Type", "application/octet-stream")
                        .PUT(BodyPublishers.ofByteArray(blob.bytes())),
                201);
    }

    public void manifest(String repository, String reference, TestContent manifest) {
        send(
                request("/v2/" + repository + "/manifests/" + reference)
                        .header("Content-Type", manifest.mediaType())
                        .PUT(BodyPublishers.ofByteArray(manifest.bytes())),
                201);
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(registry.resolve(path)).timeout(Duration.ofSeconds(30));
        return authorization.isEmpty() ? request : request.header("Authorization", authorization);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, int expected) {
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() != expected) {
                throw new IllegalStateException(
                        "%s was answered %d: %s".formatted(answer.request(), answer.statusCode(), answer.body()));
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not push to " + registry, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while pushing to " + registry, e);
        }
    }
}
