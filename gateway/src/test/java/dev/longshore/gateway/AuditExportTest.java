package dev.longshore.gateway;

import static dev.longshore.gateway.suite.Api.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.events.AuditEvent;
import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Surroundings;
import dev.longshore.gateway.suite.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The trail as files, and what of it someone may see. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class AuditExportTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    Topics topics;

    private final String actor = "gus-" + UUID.randomUUID();

    @Test
    void streamsAllAsJsonLines() throws JsonProcessingException {
        publish(1_200);
        var api = Api.signedIn();

        var answer = api.get("/api/v1/audit?actor=" + actor, "Accept", "application/x-ndjson");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/x-ndjson"));
        var lines = answer.body().lines().toList();
        assertThat(lines).hasSize(1_200);
        assertThat(JSON.readTree(lines.getFirst()).path("resource").asText()).isEqualTo("things/1199");
        assertThat(JSON.readTree(lines.getLast()).path("resource").asText()).isEqualTo("things/0");
    }

    @Test
    void streamsAllAsCsvThatNoSpreadsheetComputes() {
        publish(600);
        topics.publish(entry("=cmd|' /C calc'!A0", 600, "-1+1, \"quoted\""), "config-service");
        var api = Api.signedIn();
        awaitAll(api, 601);

        var answer = api.get("/api/v1/audit?actor=" + actor, "Accept", "text/csv");

        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/csv"));
        var lines = answer.body().split("\r\n");
        assertThat(lines).hasSize(602);
        assertThat(lines[0]).startsWith("id,occurredAt,project,service,actor,");
        assertThat(lines[1]).contains(",'=cmd|' /C calc'!A0,").contains(",\"'-1+1, \"\"quoted\"\"\",");
        assertThat(answer.body()).doesNotContain(",=", ",-", ",+", ",@");
    }

    @Test
    void filtersByBeginningResultProjectAndTrace() {
        publish(3);
        var api = Api.signedIn();
        var with = "/api/v1/audit?actor=" + actor;

        assertThat(json(api.get(with + "&resource=things/1")).path("items")).hasSize(1);
        assertThat(json(api.get(with + "&resource=thi")).path("items")).hasSize(3);
        assertThat(json(api.get(with + "&resource=hings")).path("items")).isEmpty();
        assertThat(json(api.get(with + "&result=succeeded")).path("items")).hasSize(3);
        assertThat(json(api.get(with + "&result=failed")).path("items")).isEmpty();
        assertThat(json(api.get(with + "&project=shop")).path("items")).hasSize(3);
        assertThat(json(api.get(with + "&project=default")).path("items")).isEmpty();
        assertThat(json(api.get(with + "&trace=" + actor.hashCode())).path("items"))
                .hasSize(3);
        assertThat(json(api.get(with + "&trace=0")).path("items")).isEmpty();
        assertThat(json(api.get(with, "Accept", "*/*")).path("items")).hasSize(3);
    }

    @Test
    void showsOfEachProjectToThoseWhoGuardIt() {
        publish(2);
        topics.publish(entry("default", "thing.made", 2, null), "config-service");
        var all = Api.signedIn();
        awaitAll(all, 3);
        var ofShop = operatorOf("shop");
        var with = "/api/v1/audit?actor=" + actor;

        assertThat(json(ofShop.get(with)).path("items"))
                .hasSize(2)
                .allSatisfy(item -> assertThat(item.path("project").asText()).isEqualTo("shop"));
        assertThat(json(ofShop.get(with + "&project=default")).path("items")).isEmpty();
        assertThat(ofShop.get(with, "Accept", "application/x-ndjson").body().lines())
                .hasSize(2);
        assertThat(ofShop.get(with, "Accept", "text/csv").body().lines()).hasSize(3);
        assertThat(ofShop.get("/api/v1/audit/verification").statusCode()).isEqualTo(403);
        assertThat(json(all.get(with + "&project=default")).path("items")).hasSize(1);
    }

    private static Api operatorOf(String project) {
        var path = "/api/v1/service-accounts/guard-" + UUID.randomUUID();
        var admin = Api.signedIn();
        assertThat(admin.put(path, "{\"roles\":{\"%s\":[\"operator\"]}}".formatted(project))
                        .statusCode())
                .isEqualTo(201);
        return Api.with(
                json(admin.postJson(path + "/tokens", "{}")).path("token").asText());
    }

    private void publish(int count) {
        for (var i = 0; i < count; i++) {
            topics.publish(entry("thing.made", i, null), "config-service");
        }
        awaitAll(Api.signedIn(), count);
    }

    private void awaitAll(Api api, int count) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(api.get("/api/v1/audit?actor=" + actor, "Accept", "application/x-ndjson")
                                        .body()
                                        .lines())
                                .as(() -> String.valueOf(count))
                                .hasSize(count));
    }

    private AuditRecorded entry(String action, int number, @org.jspecify.annotations.Nullable String detail) {
        return entry("shop", action, number, detail);
    }

    private AuditRecorded entry(
            String project, String action, int number, @org.jspecify.annotations.Nullable String detail) {
        return new AuditRecorded(
                project,
                actor,
                null,
                null,
                action,
                "things/" + number,
                AuditEvent.Result.SUCCEEDED,
                detail,
                null,
                Map.of("number", number),
                String.valueOf(actor.hashCode()),
                Instant.parse("2026-11-21T12:00:00Z").plusSeconds(number));
    }
}
