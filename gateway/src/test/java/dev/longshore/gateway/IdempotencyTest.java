package dev.longshore.gateway;

import static dev.longshore.gateway.suite.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class IdempotencyTest {

    private static final String COUNT = "/api/v1/scans?mode=count";

    @Inject
    Pool pool;

    private Api api;
    private String key;

    @BeforeEach
    void signIn() {
        api = Api.signedIn();
        key = UUID.randomUUID().toString();
    }

    @Test
    void whatIsSentAgainIsAnsweredAgainAndNotDoneAgain() {
        var first = post(COUNT, "{\"reference\":\"left/a:1\"}");
        var again = post(COUNT, "{\"reference\":\"left/a:1\"}");

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).startsWith("/api/v1/executions/scn-"));
        assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
    }

    @Test
    void withoutAKeyItIsDoneAgain() {
        var headers = new String[] {"Content-Type", "application/json"};

        assertThat(api.post(COUNT, "{}", headers).body())
                .isNotEqualTo(api.post(COUNT, "{}", headers).body());
    }

    @Test
    void aKeyIsForOneRequest() {
        post(COUNT, "{\"reference\":\"left/a:1\"}");

        var otherBody = post(COUNT, "{\"reference\":\"left/a:2\"}");
        var otherPath = post("/api/v1/checkpoints?mode=count", "{\"reference\":\"left/a:1\"}");

        assertThat(otherBody.statusCode()).isEqualTo(422);
        assertThat(json(otherBody).path("code").asText()).isEqualTo("idempotency-key-reused");
        assertThat(otherPath.statusCode()).isEqualTo(422);
    }

    @Test
    void whatFailedInTheServiceIsDoneAgain() {
        var path = "/api/v1/scans?mode=fail-once";
        var statuses = new int[] {
            post(path, "{}").statusCode(),
            post(path, "{}").statusCode(),
            post(path, "{}").statusCode()
        };

        // Whichever it began with: a failure is not kept, a success is.
        assertThat(statuses).endsWith(202);
        assertThat(post(path, "{}").headers().firstValue("Idempotency-Replayed"))
                .contains("true");
    }

    @Test
    void whoseOutcomeIsNotKnownIsNotDoneASecondTime() {
        var lost = post("/api/v1/scans?mode=close", "{}");
        var again = post("/api/v1/scans?mode=close", "{}");

        assertThat(lost.statusCode()).isEqualTo(503);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(json(again).path("detail").asText()).contains("outcome is not known");
    }

    @Test
    void whatTheGatewayMakesItselfIsMadeOnce() {
        var resource = "retention-plans/" + key;
        var request = "{\"action\":\"retention.applied\",\"resource\":\"%s\",\"reason\":\"Old images go\"}"
                .formatted(resource);
        var first = post("/api/v1/approvals", request);
        var again = post("/api/v1/approvals", request);
        var other = post("/api/v1/approvals", request.replace("Old", "Older"));

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Location"))
                .isPresent()
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(again.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(json(api.get("/api/v1/approvals?resource=" + resource)).path("items"))
                .hasSize(1);
    }

    @Test
    void whatTheGatewayRefusesIsRefusedAgain() {
        var request = "{\"action\":\"no action\",\"resource\":\"retention-plans/1\",\"reason\":\"Old images go\"}";
        var first = post("/api/v1/approvals", request);
        var again = post("/api/v1/approvals", request);

        assertThat(first.statusCode()).isEqualTo(400);
        assertThat(json(again).path("code")).isEqualTo(json(first).path("code"));
        assertThat(again.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
    }

    @Test
    void aSecretIsShownOnceAndKeptNowhere() {
        var account = "/api/v1/service-accounts/ci-" + key;
        assertThat(api.put(account, "{\"project\":\"shop\"}").statusCode()).isEqualTo(201);
        var first = post(account + "/tokens", "{\"description\":\"first\"}");
        var again = post(account + "/tokens", "{\"description\":\"first\"}");

        assertThat(first.statusCode()).isEqualTo(201);
        var id = json(first).path("id").asText();
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(json(again).path("code").asText()).isEqualTo("secret-shown-once");
        assertThat(json(again).path("detail").asText()).contains(id, "rotate");
        assertThat(json(api.get(account + "/tokens")).path("items")).hasSize(1);
        assertThat(kept()).doesNotContain(json(first).path("token").asText()).contains("secret-shown-once");

        var rotated = api.postJson(account + "/tokens/" + id + "/rotations", "{\"overlap\":\"0s\"}");
        assertThat(rotated.statusCode()).isEqualTo(201);
    }

    private String kept() {
        return pool.preparedQuery(
                        "select operation || headers || convert_from(body, 'UTF8') from idempotency_key where key = $1")
                .execute(Tuple.of(key))
                .map(rows -> rows.iterator().next().getString(0))
                .await()
                .atMost(Duration.ofMinutes(1));
    }

    @Test
    void aKeyThatIsNoneIsRefused() {
        key = "a key with spaces";

        assertThat(post(COUNT, "{}").statusCode()).isEqualTo(400);
    }

    private HttpResponse<String> post(String path, String body) {
        return api.post(path, body, "Content-Type", "application/json", "Idempotency-Key", key);
    }
}
