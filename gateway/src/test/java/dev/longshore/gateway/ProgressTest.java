package dev.longshore.gateway;

import static dev.longshore.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.events.ProgressEvent.ProgressReported;
import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Surroundings;
import dev.longshore.gateway.suite.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ProgressTest {

    @Inject
    Topics topics;

    @Test
    void tellsWatchersWhatHappens() throws Exception {
        var all = new CopyOnWriteArrayList<String>();
        var one = new CopyOnWriteArrayList<String>();
        try (var first = watch("", all);
                var second = watch("?execution=scn-2", one)) {
            eventually(() -> assertThat(all).anyMatch(line -> line.startsWith(":")));
            eventually(() -> assertThat(one).anyMatch(line -> line.startsWith(":")));

            // The consumer begins at the end of the topic, whenever it is that it gets there.
            eventually(() -> {
                topics.publish(event("scn-1", 10), "scan-service");
                topics.publish(event("scn-2", 20), "scan-service");
                assertThat(one).anyMatch(line -> line.startsWith("data:") && line.contains("\"scn-2\""));
                assertThat(all).anyMatch(line -> line.startsWith("data:") && line.contains("\"scn-1\""));
            });

            assertThat(all).contains("event:progress").anyMatch(line -> line.contains("\"progress\":20.0"));
            assertThat(one).noneMatch(line -> line.contains("\"scn-1\""));
        }
    }

    @Test
    void dropsWatchersThatDoNotRead() throws IOException {
        var api = Api.signedIn();
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(new java.net.InetSocketAddress(
                    Api.base().getHost(), Api.base().getPort()));
            socket.getOutputStream()
                    .write("GET /api/v1/progress HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n\r\n"
                            .formatted(api.token())
                            .getBytes(StandardCharsets.US_ASCII));
            eventually(() -> assertThat(watchers()).isGreaterThan(0));

            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                for (var i = 0; i < 20; i++) {
                    topics.publish(event("scn-" + "x".repeat(100_000), i), "scan-service");
                }
                assertThat(watchers()).isZero();
            });
        }
    }

    private static InputStream watch(String query, CopyOnWriteArrayList<String> lines) throws Exception {
        var stream = HttpClient.newHttpClient()
                .send(Api.signedIn().request("/api/v1/progress" + query).build(), BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(stream.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        Thread.ofPlatform().daemon().start(() -> read(stream.body(), lines));
        return stream.body();
    }

    private static void read(InputStream body, CopyOnWriteArrayList<String> lines) {
        try (var reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException _) {
            // The test is over.
        }
    }

    private static double watchers() {
        return Api.metric("longshore_progress_watchers");
    }

    private static ProgressReported event(String execution, double progress) {
        return new ProgressReported(
                "default",
                execution,
                "scan",
                "left/shop/api:1.0",
                progress,
                "running",
                "Reading layers",
                Instant.now());
    }
}
