package dev.longshore.gateway;

import static dev.longshore.gateway.suite.Api.json;
import static dev.longshore.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.events.AuditEvent;
import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.events.Topic;
import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Surroundings;
import dev.longshore.gateway.suite.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class AuditTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Inject
    Topics topics;

    @Test
    void keepsWhatTheServicesTell() {
        topics.publish(entry("ann", "registry.replaced", "registries/left", NOON), "config-service");

        eventually(() -> assertThat(items("?actor=ann")).hasSize(1));
        var entry = items("?actor=ann").get(0);
        assertThat(entry.path("service").asText()).isEqualTo("config-service");
        assertThat(entry.path("address").asText()).isEqualTo("192.0.2.7");
        assertThat(entry.path("token").asText()).isEqualTo("ses-1:2");
        assertThat(entry.path("action").asText()).isEqualTo("registry.replaced");
        assertThat(entry.path("resource").asText()).isEqualTo("registries/left");
        assertThat(entry.path("result").asText()).isEqualTo("succeeded");
        assertThat(entry.at("/before/url").asText()).isEqualTo("http://one");
        assertThat(entry.at("/after/limits/concurrency").asInt()).isEqualTo(6);
        assertThat(entry.path("traceId").asText()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(entry.path("occurredAt").asText()).isEqualTo("2026-11-21T12:00:00Z");
        assertThat(entry.path("project").asText()).isEqualTo("default");
    }

    @Test
    void keepsAnEventOnceHoweverOftenItComes() {
        var id = UUID.randomUUID();
        topics.publish(id, entry("bob", "a.done", "things/1", NOON), "config-service");
        topics.publish(id, entry("bob", "a.done", "things/1", NOON), "config-service");
        topics.publish(entry("bob", "b.done", "things/1", NOON), "config-service");

        eventually(() -> assertThat(items("?actor=bob"))
                .extracting(item -> item.path("action").asText())
                .contains("b.done"));
        assertThat(items("?actor=bob")).hasSize(2);
    }

    @Test
    void goesOnBehindARecordThatIsNoEvent() {
        topics.publishGarbage(Topic.AUDIT, "cid");
        topics.publish(entry("cid", "c.done", "things/1", NOON), "config-service");

        eventually(() -> assertThat(items("?actor=cid")).hasSize(1));
    }

    @Test
    void filtersAndPagesNewestFirst() {
        for (var i = 0; i < 5; i++) {
            // Two of them at the same time.
            var time = NOON.plusSeconds(i / 2);
            topics.publish(entry("dan", "thing.made", "things/" + i, time), "scan-service");
        }
        topics.publish(entry("dan", "thing.removed", "things/4", NOON.plusSeconds(60)), "scan-service");
        eventually(() -> assertThat(items("?actor=dan")).hasSize(6));

        assertThat(items("?actor=dan&action=thing.removed")).hasSize(1);
        assertThat(items("?actor=dan&resource=things/4")).hasSize(2);
        assertThat(items("?actor=dan&from=2026-11-21T12:00:01Z&to=2026-11-21T12:01:00Z"))
                .hasSize(3);
        assertThat(items("?actor=dan&from=2026-11-21T13:01:00%2B01:00")).hasSize(1);
        var seen = new java.util.ArrayList<String>();
        var cursor = "";
        do {
            var page = json(Api.signedIn().get("/api/v1/audit?actor=dan&limit=2" + cursor));
            page.path("items").forEach(item -> seen.add(item.path("id").asText()));
            cursor = page.path("next").isTextual()
                    ? "&cursor=" + page.path("next").asText()
                    : "";
        } while (!cursor.isEmpty());
        assertThat(seen).hasSize(6).doesNotHaveDuplicates();
        assertThat(items("?actor=dan").get(0).path("action").asText()).isEqualTo("thing.removed");
    }

    @Test
    void refusesOddQuestions() {
        var api = Api.signedIn();

        assertThat(api.get("/api/v1/audit?from=yesterday").statusCode()).isEqualTo(400);
        assertThat(api.get("/api/v1/audit?limit=201").statusCode()).isEqualTo(400);
        assertThat(api.get("/api/v1/audit?cursor=QUJD").statusCode()).isEqualTo(400);
    }

    private static JsonNode items(String query) {
        return json(Api.signedIn().get("/api/v1/audit" + query)).path("items");
    }

    private static AuditRecorded entry(String actor, String action, String resource, Instant time) {
        return new AuditRecorded(
                "default",
                actor,
                "192.0.2.7",
                "ses-1:2",
                action,
                resource,
                AuditEvent.Result.SUCCEEDED,
                null,
                Map.of("url", "http://one"),
                Map.of("url", "http://two", "limits", Map.of("concurrency", 6)),
                "0af7651916cd43dd8448eb211c80319c",
                time);
    }
}
