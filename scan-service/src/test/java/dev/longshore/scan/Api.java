package dev.longshore.scan;

import static dev.longshore.testkit.Eventually.eventually;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;

/** The service as the gateway asks it. */
public final class Api {

    private Api() {}

    public static ValidatableResponse get(String path, String... parameters) {
        var request = given().header("Authorization", "Bearer " + Infra.token());
        for (var index = 0; index < parameters.length; index += 2) {
            request.queryParam(parameters[index], parameters[index + 1]);
        }
        return request.get(path).then();
    }

    public static ValidatableResponse post(String path, String body) {
        return given().header("Authorization", "Bearer " + Infra.token())
                .contentType("application/json")
                .body(body)
                .post(path)
                .then();
    }

    public static JsonPath decision(String reference) {
        return get("/api/v1/decisions", "reference", reference)
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Waits for a decision with this action and a reason with this code. */
    public static JsonPath decided(String reference, String action, String code) {
        eventually(() -> {
            var decision = decision(reference);
            assertThat(decision.getString("items[0].action")).as(reference).isEqualTo(action);
            assertThat(decision.<String>getList("items[0].reasons.code"))
                    .as(reference)
                    .contains(code);
        });
        return decision(reference);
    }

    /** Waits for its components, which are listed after the decision. */
    public static ValidatableResponse listed(String reference) {
        eventually(() -> get("/api/v1/sboms", "reference", reference).statusCode(200));
        return get("/api/v1/sboms", "reference", reference).statusCode(200);
    }

    public static List<String> actions(String reference) {
        return get("/api/v1/decisions", "reference", reference, "history", "true")
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.action");
    }
}
