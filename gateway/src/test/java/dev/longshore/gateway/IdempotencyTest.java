package dev.longshore.gateway;

import static dev.longshore.gateway.suite.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class IdempotencyTest {

    private static final String COUNT = "/api/v1/scans?mode=count";

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
    void aKeyThatIsNoneIsRefused() {
        key = "a key with spaces";

        assertThat(post(COUNT, "{}").statusCode()).isEqualTo(400);
    }

    private HttpResponse<String> post(String path, String body) {
        return api.post(path, body, "Content-Type", "application/json", "Idempotency-Key", key);
    }
}
