package dev.longshore.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.events.ProgressEvent.ProgressReported;
import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Slow;
import dev.longshore.gateway.suite.Surroundings;
import dev.longshore.gateway.suite.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
@TestProfile(SlowClientsTest.Impatient.class)
class SlowClientsTest {

    /** Seconds instead of tens of them. */
    public static class Impatient implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "longshore.door.head-patience", "2s",
                    "longshore.door.pace-patience", "2s",
                    "longshore.door.body-patience", "6s",
                    "longshore.proxy.silence", "6s",
                    "longshore.progress.heartbeat", "500ms");
        }
    }

    private static final Duration LONGER_THAN_ANY_PATIENCE_BUT_FOR_BODIES = Duration.ofSeconds(4);

    private static final String UPGRADE = """
            GET /ws/progress HTTP/1.1\r
            Host: a\r
            Authorization: Bearer %s\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r
            """;

    /** Of what was written to someone who did not read: buffers of both sockets, and the gateway's own. */
    private static final int MOST_WAITING = 32_000_000;

    @Inject
    Topics topics;

    private String token;
    private Slow client;

    @BeforeEach
    void connect() {
        // The listening socket is known by the first request.
        assertThat(Api.anonymous().get("/").statusCode()).isEqualTo(200);
        // Before the connection is made, whose head is waited for from then on.
        token = Api.signedIn().token();
        client = new Slow();
    }

    @AfterEach
    void everyoneElseIsServed() {
        client.close();
        assertThat(Api.anonymous().get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void endsAConnectionOnWhichNothingIsAsked() {
        eventually().until(client::hasEnded);
        assertThat(Api.anonymous().get("/q/metrics").body()).contains("longshore_door_cut_off_total{reason=\"head\"}");
    }

    @Test
    void endsAConnectionWhoseHeadTricklesIn() {
        client.send("GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ");

        eventually().until(() -> !client.takes("a"));
    }

    @Test
    void answersOneWhoseBodyTricklesIn() {
        client.send(signIn(100) + "{\"user");

        assertThat(client.readAll()).startsWith("HTTP/1.1 408 ").contains("too-slow");
    }

    @Test
    void answersOneWhoseBodyNeverEnds() {
        client.send(signIn(1_000_000) + "{\"username\": \"");
        var quickEnough = "a".repeat(1000);

        eventually().until(() -> !client.takes(quickEnough));
    }

    @Test
    void doesNotHandOnABodyThatTricklesIn() {
        client.send("POST /api/v1/scans HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\nContent-Length: 100\r\n\r\n{"
                .formatted(token));

        assertThat(client.readAll()).startsWith("HTTP/1.1 408 ").contains("too-slow");
    }

    @Test
    void endsAConnectionWhoseAnswerIsNotRead() {
        client.send("GET /api/v1/sboms?mode=large&megabytes=40 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(token));

        eventually()
                .untilAsserted(
                        () -> assertThat(Api.anonymous().get("/q/metrics").body())
                                .contains("longshore_door_cut_off_total{reason=\"answer\"}"));
    }

    @Test
    void isPatientWithOneWhoWaitsForASlowService() {
        client.send("GET /api/v1/registries?mode=silent HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(token));

        assertThat(client.readAll()).startsWith("HTTP/1.1 503 ").contains("unavailable");
    }

    @Test
    void keepsAConnectionBetweenTwoRequests() {
        var request = "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n";
        client.send(request);

        await().during(LONGER_THAN_ANY_PATIENCE_BUT_FOR_BODIES)
                .atMost(Duration.ofSeconds(60))
                .until(() -> !client.hasEnded());
        client.send(request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));

        assertThat(client.readAll()).contains("HTTP/1.1 404 ");
    }

    @Test
    void keepsAWebSocketOnWhichLittleIsSaid() {
        client.send(UPGRADE.formatted(token));
        // A pong that nobody asked for, masked with zeros.
        var pong = "\u008a\u0080\0\0\0\0";

        await().during(LONGER_THAN_ANY_PATIENCE_BUT_FOR_BODIES)
                .atMost(Duration.ofSeconds(60))
                .until(() -> client.takes(pong));
    }

    @Test
    void cutsOffAWebSocketThatIsNotRead() {
        var before = watchers();
        client.send(UPGRADE.formatted(token));
        eventually().untilAsserted(() -> assertThat(watchers()).isGreaterThan(before));

        // More than fits into the sockets' buffers: what is left waits in the gateway, until it is too much.
        eventually().untilAsserted(() -> {
            for (var i = 0; i < 20; i++) {
                topics.publish(failed("psh-" + i), "push-service");
            }
            assertThat(watchers()).isLessThanOrEqualTo(before);
        });
        assertThat(client.readAll().length()).isLessThan(MOST_WAITING);
    }

    private static ProgressReported failed(String execution) {
        return new ProgressReported(
                "default",
                execution,
                "push",
                "left/shop/api:1.0",
                0,
                "failed",
                "x".repeat(100_000),
                Instant.now(),
                "admin");
    }

    private static double watchers() {
        return Api.metric("longshore_progress_watchers");
    }

    private static String signIn(int length) {
        return "POST /api/v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                .formatted(length);
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100));
    }
}
