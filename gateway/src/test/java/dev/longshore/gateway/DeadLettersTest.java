package dev.longshore.gateway;

import static dev.longshore.gateway.suite.Api.json;
import static dev.longshore.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.events.Topic;
import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Surroundings;
import dev.longshore.gateway.suite.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class DeadLettersTest {

    /** New topics are looked for every ten seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Topics topics;

    private Api api;

    @BeforeEach
    void signIn() {
        api = Api.signedIn();
    }

    @Test
    void showsWhatTheGatewayItselfCouldNotHandle() {
        topics.publishGarbage(Topic.CONFIG, "garbage/shown");

        var letter = only("?service=gateway", "garbage/shown");

        assertThat(letter.path("state").asText()).isEqualTo("waiting");
        assertThat(letter.path("topic").asText()).isEqualTo("longshore.config");
        assertThat(letter.path("origin").asText()).startsWith("longshore.config/0/");
        assertThat(letter.path("reason").asText()).isNotEmpty();
        assertThat(letter.has("payload")).isFalse();
        var whole = json(api.get("/api/v1/dead-letters/" + letter.path("id").asText()));
        assertThat(whole.path("payload").asText()).isEqualTo("no event");
        assertThat(whole.at("/headers/dead-letter-offset").asText())
                .isEqualTo(letter.path("origin").asText().split("/")[2]);
        eventually(() -> assertThat(Api.anonymous().get("/q/metrics").body())
                .contains("longshore_dead_letters_waiting{service=\"gateway\",topic=\"longshore.config\"}"));
    }

    @Test
    void replaysToTheServiceThatCouldNotHandleItAndToNoOther() {
        topics.create("longshore.scans.push-service.dlq", "longshore.scans.push-service.replay");
        topics.send(
                "longshore.scans.push-service.dlq",
                "left/shop/web",
                "{\"sealed\": \"c2VjcmV0\", \"kept\": 1}",
                Map.of(
                        "ce_type", "dev.longshore.scan.completed.v1",
                        "ce_id", "0190-1",
                        "traceparent", "00-1-2-01",
                        "dead-letter-reason", "no such table",
                        "dead-letter-partition", "7",
                        "dead-letter-offset", "42"));
        var id = only("?service=push-service", "left/shop/web").path("id").asText();
        assertThat(json(api.get("/api/v1/dead-letters/" + id)).path("payload").asText())
                .isEqualTo("{\"sealed\": \"…\", \"kept\": 1}");

        var answer = api.post("/api/v1/dead-letters/" + id + "/replay", "");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).path("state").asText()).isEqualTo("replayed");
        assertThat(json(answer).path("handledBy").asText()).isEqualTo("admin");
        eventually(() -> assertThat(topics.messages("longshore.scans.push-service.replay"))
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.key()).isEqualTo("left/shop/web");
                    assertThat(message.value()).isEqualTo("{\"sealed\": \"c2VjcmV0\", \"kept\": 1}");
                    assertThat(message.headers())
                            .containsEntry("longshore-replayed", "longshore.scans/7/42")
                            .containsEntry("ce_id", "0190-1")
                            .doesNotContainKey("dead-letter-reason");
                }));
        eventually(() -> assertThat(json(api.get("/api/v1/audit?resource=dead-letters/" + id))
                        .at("/items/0/action")
                        .asText())
                .isEqualTo("dead-letter.replayed"));
    }

    @Test
    void isReplayedOnceAndComesAgainIfItFailsAgain() {
        topics.publishGarbage(Topic.AUDIT, "garbage/again");
        var first = only("?topic=longshore.audit", "garbage/again");
        var replay = "/api/v1/dead-letters/" + first.path("id").asText() + "/replay";

        assertThat(api.post(replay, "").statusCode()).isEqualTo(202);
        assertThat(api.post(replay, "").statusCode()).isEqualTo(409);

        var second = only("?topic=longshore.audit&state=waiting", "garbage/again");
        assertThat(second.path("id").asText()).isNotEqualTo(first.path("id").asText());
        assertThat(second.path("origin").asText())
                .isEqualTo(first.path("origin").asText());
        var dismissed = api.post("/api/v1/dead-letters/" + second.path("id").asText() + "/dismiss", "");
        assertThat(json(dismissed).path("state").asText()).isEqualTo("dismissed");
        assertThat(find("?topic=longshore.audit&state=waiting", "garbage/again"))
                .isEmpty();
    }

    @Test
    void refusesOddQuestions() {
        assertThat(api.get("/api/v1/dead-letters?state=odd").statusCode()).isEqualTo(400);
        assertThat(api.get("/api/v1/dead-letters?limit=0").statusCode()).isEqualTo(400);
        assertThat(api.get("/api/v1/dead-letters/dlt-none").statusCode()).isEqualTo(404);
        assertThat(api.post("/api/v1/dead-letters/dlt-none/replay", "").statusCode())
                .isEqualTo(404);
        assertThat(Api.anonymous().get("/api/v1/dead-letters").statusCode()).isEqualTo(401);
    }

    private JsonNode only(String query, String key) {
        await().atMost(PATIENCE).until(() -> find(query, key).size() == 1);
        return find(query, key).getFirst();
    }

    private java.util.List<JsonNode> find(String query, String key) {
        return StreamSupport.stream(
                        json(api.get("/api/v1/dead-letters" + query))
                                .path("items")
                                .spliterator(),
                        false)
                .filter(letter -> letter.path("key").asText().equals(key))
                .toList();
    }
}
