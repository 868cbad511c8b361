package dev.longshore.gateway;

import static dev.longshore.gateway.suite.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class DoorTest {

    private final Api stranger = Api.anonymous();

    @Test
    void tellsWhereToGo() {
        var answer = stranger.get("/");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).at("/links/docs").asText()).isEqualTo("/docs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/openapi", "/nothing", "/api/v1/registries", "/webhooks/none", "/q/health", "/a//b"})
    void sendsSecurityHeadersWithEveryAnswer(String path) {
        var headers = stranger.get(path).headers();

        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
        assertThat(headers.firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
        assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(headers.firstValue("Cache-Control")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/registry/nothing", "/webhooks", "/apidocs", "/q/nothing"})
    void answersAProblemWhereNothingIs(String path) {
        var answer = stranger.get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).path("code").asText()).isEqualTo("not-found");
    }

    @Test
    void answersAProblemToUnknownResourcesOfTheApi() {
        var answer = Api.signedIn().get("/api/v1/nothing");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).path("code").asText()).isEqualTo("not-found");
    }

    @Test
    void explainsAProblemWhereItsTypeSays() {
        var type = json(stranger.get("/nothing")).path("type").asText();

        assertThat(stranger.get(type).body()).startsWith("# not-found");
        assertThat(ErrorCode.values())
                .allSatisfy(code -> assertThat(
                                stranger.get("/docs/problems/" + code.code()).statusCode())
                        .as(code.code())
                        .isEqualTo(200));
        assertThat(stranger.get("/docs/problems/nothing-like-it").statusCode()).isEqualTo(404);
        assertThat(stranger.get("/docs/problems/README").statusCode()).isEqualTo(404);
    }

    @Test
    void describesTheWholeSuite() throws Exception {
        var answer = stranger.get("/openapi");
        var yaml = stranger.get("/openapi?format=yaml");

        assertThat(answer.statusCode()).isEqualTo(200);
        var document = json(answer);
        assertDescribesTheSuite(document);
        assertThat(yaml.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/yaml"));
        assertDescribesTheSuite(new YAMLMapper().readTree(yaml.body()));
    }

    private static void assertDescribesTheSuite(JsonNode document) {
        assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(document.path("paths").fieldNames())
                .toIterable()
                .contains(
                        "/api/v1/sessions",
                        "/api/v1/sessions/current",
                        "/webhooks/{registry}",
                        "/api/v1/deliveries",
                        "/api/v1/audit",
                        "/api/v1/progress",
                        "/api/v1/registries/{name}",
                        "/api/v1/scans",
                        "/api/v1/executions/{id}")
                .doesNotContain("/q/secret", "/openapi");
        assertThat(document.at("/paths/~1api~1v1~1sessions/post/security")).isEmpty();
        assertThat(document.at("/paths/~1api~1v1~1sessions/post/security").isArray())
                .isTrue();
        assertThat(document.at("/components/schemas/Problem/properties/code").isMissingNode())
                .isFalse();
        assertThat(document.path("security").get(0).has("session")).isTrue();
    }

    @Test
    void showsTheApiToBrowsers() {
        var answer = stranger.get("/docs/");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("swagger", "/openapi");
        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'self'"));
    }

    @Test
    void isReady() {
        assertThat(stranger.get("/q/health/ready").statusCode()).isEqualTo(200);
    }
}
