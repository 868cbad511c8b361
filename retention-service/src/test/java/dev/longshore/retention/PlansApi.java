package dev.longshore.retention;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;

/** Plans, as somebody uses them. */
final class PlansApi {

    static final Duration SOON = Duration.ofSeconds(60);

    private PlansApi() {}

    /** Made as soon as all that was told before is known; emits its id. */
    static String plan(String policy) {
        var id = new String[1];
        await().atMost(SOON)
                .untilAsserted(() -> id[0] = World.asking()
                        .post("/api/v1/retention-policies/%s/plans".formatted(policy))
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id"));
        awaitState(id[0], "planned");
        return id[0];
    }

    static ValidatableResponse get(String plan) {
        return World.asking()
                .get("/api/v1/retention-plans/%s?limit=1000".formatted(plan))
                .then()
                .statusCode(200);
    }

    /** References that the plan deletes. */
    static List<String> deleted(String plan) {
        return World.asking()
                .get("/api/v1/retention-plans/%s?limit=1000&verdict=delete".formatted(plan))
                .then()
                .statusCode(200)
                .extract()
                .path("items.reference");
    }

    static String apply(String plan) {
        return World.asking()
                .post("/api/v1/retention-plans/%s/executions".formatted(plan))
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    static void applyFully(String plan) {
        apply(plan);
        awaitState(plan, "applied");
    }

    static void awaitState(String plan, String state) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> get(plan).body("state", equalTo(state)));
    }

    static ValidatableResponse refused(String plan, int status, String code) {
        return World.asking()
                .post("/api/v1/retention-plans/%s/executions".formatted(plan))
                .then()
                .statusCode(status)
                .body("code", equalTo(code));
    }
}
