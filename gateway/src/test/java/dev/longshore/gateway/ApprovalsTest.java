package dev.longshore.gateway;

import static dev.longshore.gateway.suite.Api.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Database;
import dev.longshore.gateway.suite.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ApprovalsTest {

    private static final String PASSWORD = "a password that is long enough";
    private static final String ASK = """
            {"action": "retention.applied", "resource": "retention-plans/ret-1", "reason": "Old images go"}""";

    @Inject
    Database database;

    private final Api admin = Api.signedIn();
    private final String suffix = Long.toString(System.nanoTime(), 36).toLowerCase(Locale.ROOT);

    @Test
    void someoneElseApproves() {
        var asked = as("developer").postJson("/api/v1/approvals", ASK);
        assertThat(asked.statusCode()).isEqualTo(201);
        var id = json(asked).path("id").asText();
        assertThat(asked.headers().firstValue("Location"))
                .hasValueSatisfying(at -> assertThat(at).endsWith("/api/v1/approvals/" + id));

        var path = "/api/v1/approvals/" + id + "/decisions";
        assertThat(as("operator").postJson(path, "{\"decision\": \"approve\"}").statusCode())
                .isEqualTo(403);
        var decided = as("security").postJson(path, "{\"decision\": \"approve\", \"comment\": \"Seen\"}");

        assertThat(decided.statusCode()).isEqualTo(200);
        assertThat(json(decided).path("state").asText()).isEqualTo("approved");
        var shown = json(admin.get("/api/v1/approvals/" + id));
        assertThat(shown.path("decidedBy").asText()).isEqualTo("security-" + suffix);
        assertThat(shown.path("comment").asText()).isEqualTo("Seen");
        assertThat(admin.postJson(path, "{\"decision\": \"reject\"}").statusCode())
                .isEqualTo(409);
        assertThat(admin.get("/api/v1/approvals?resource=retention-plans/ret-1").body())
                .contains(id);
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(database.audited("approval.requested", "approvals/" + id))
                    .hasSize(1);
            assertThat(database.audited("approval.approved", "approvals/" + id)).hasSize(1);
        });
    }

    @Test
    void nobodyApprovesTheirOwn() {
        var asked = json(admin.postJson("/api/v1/approvals", ASK));

        var answer = admin.postJson(
                "/api/v1/approvals/" + asked.path("id").asText() + "/decisions", "{\"decision\": \"approve\"}");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(json(answer).path("detail").asText()).contains("ask someone else");
        assertThat(json(admin.get("/api/v1/approvals/" + asked.path("id").asText()))
                        .path("state")
                        .asText())
                .isEqualTo("requested");
    }

    @Test
    void whatIsAskedForIsSaidWell() {
        assertThat(admin.postJson("/api/v1/approvals", "{\"action\": \"x\", \"resource\": \"y\", \"reason\": \"\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(admin.postJson("/api/v1/approvals/apr-none/decisions", "{\"decision\": \"approve\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    private Api as(String role) {
        var name = role + "-" + suffix;
        admin.put("/api/v1/users/" + name, "{\"role\": \"%s\", \"password\": \"%s\"}".formatted(role, PASSWORD));
        return Api.with(
                json(Api.anonymous().signIn(name, PASSWORD)).path("token").asText());
    }
}
