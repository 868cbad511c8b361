package dev.longshore.gateway;

import static dev.longshore.gateway.suite.Api.json;
import static dev.longshore.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.events.Topic;
import dev.longshore.events.WebhookEvent;
import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Registries;
import dev.longshore.gateway.suite.Surroundings;
import dev.longshore.gateway.suite.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class OutageTest {

    private static final String SECRET = "hunter2-outage";

    @Inject
    Registries registries;

    @Inject
    Topics topics;

    @Test
    void acceptsWhileTheBrokerIsAwayAndLosesNothing() {
        registries.configure("brokerless", SECRET);
        List<String> accepted;
        Api.control("stop-kafka");
        try {
            accepted = IntStream.range(0, 5)
                    .mapToObj(_ -> notified("brokerless"))
                    .peek(answer -> assertThat(answer.statusCode()).isEqualTo(202))
                    .map(answer -> json(answer).path("id").asText())
                    .toList();
        } finally {
            Api.control("start-kafka");
        }

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(topics.read(Topic.WEBHOOKS, WebhookEvent.class).stream()
                                .filter(event -> event.key().equals("brokerless"))
                                .map(event -> ((WebhookEvent.WebhookReceived)
                                                event.event().orElseThrow())
                                        .delivery())
                                .distinct())
                        .containsExactlyElementsOf(accepted));
    }

    @Test
    void asksTheRegistryToComeAgainWhileTheDatabaseIsAway() {
        registries.configure("storeless", SECRET);
        var api = Api.signedIn();
        Api.control("stop-postgres");
        try {
            var begun = System.nanoTime();
            var refused = notified("storeless");

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
            assertUnavailable(refused);
            assertUnavailable(Api.anonymous().signIn("admin", "x"));
            eventually(() -> assertUnavailable(api.get("/api/v1/deliveries")));
        } finally {
            Api.control("start-postgres");
        }

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(notified("storeless").statusCode()).isEqualTo(202));
        assertThat(json(Api.signedIn().get("/api/v1/deliveries?registry=storeless"))
                        .path("items"))
                .hasSize(1);
    }

    private static HttpResponse<String> notified(String registry) {
        return Api.anonymous().post("/webhooks/" + registry + "/" + SECRET, "{\"events\":[]}");
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json(answer).path("code").asText()).isEqualTo("unavailable");
        assertThat(answer.headers().firstValue("Retry-After"))
                .hasValueSatisfying(
                        seconds -> assertThat(Integer.parseInt(seconds)).isBetween(1, 5));
    }
}
