package dev.longshore.gateway.openapi.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.gateway.openapi.domain.MergedDocument.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergedDocumentTest {

    private static final String ONE = """
            {"openapi": "3.1.0", "info": {"title": "one"},
             "paths": {
               "/api/v1/scans": {"get": {"responses": {"200": {"content": {"application/json": {"schema":
                 {"$ref": "#/components/schemas/Page"}}}}, "401": {"description": "Not Authorized"}}}},
               "/q/hidden": {"get": {}}},
             "components": {"schemas": {"Page": {"type": "object", "title": "one"}, "Same": {"type": "string"}}}}""";
    private static final String OTHER = """
            {"openapi": "3.1.0", "info": {"title": "other"},
             "paths": {
               "/api/v1/scans": {"delete": {}},
               "/api/v1/copies": {"post": {}},
               "/api/v1/images": {"parameters": [], "get": {
                 "parameters": [{"name": "repository", "in": "query", "schema": {"type": "string"}}], "responses": {"200": {"content": {"application/json": {"schema":
                 {"$ref": "#/components/schemas/Page"}}}}}}}},
             "components": {"schemas": {
               "Page": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Same"},
                 "parent": {"$ref": "#/components/schemas/Page"}}},
               "Same": {"type": "string"}}}}""";

    private final JsonNode merged = MergedDocument.of(
            json("{\"title\": \"Longshore\"}"),
            List.of(
                    new Part("scan-service", json(ONE), path -> path.startsWith("/api/v1/scans")),
                    new Part("push-service", json(OTHER), path -> path.startsWith("/api/"))));

    @Test
    void holdsThePublicPathsOfAll() {
        assertThat(merged.path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(merged.path("info").path("title").asText()).isEqualTo("Longshore");
        assertThat(merged.path("paths").fieldNames())
                .toIterable()
                .containsExactly("/api/v1/scans", "/api/v1/copies", "/api/v1/images");
        assertThat(merged.path("paths").path("/api/v1/scans").has("get")).isTrue();
    }

    @Test
    void keepsDifferentSchemasOfOneNameApart() {
        var schemas = merged.path("components").path("schemas");

        assertThat(schemas.path("Page").path("title").asText()).isEqualTo("one");
        assertThat(schemas.path("PushServicePage")
                        .at("/properties/parent/anyOf/0/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/PushServicePage");
        assertThat(merged.at("/paths/~1api~1v1~1images/get/responses/200/content/application~1json/schema/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/PushServicePage");
        assertThat(schemas.has("PushServiceSame")).isFalse();
    }

    @Test
    void whatIsMadeTakesAKey() {
        var post = merged.at("/paths/~1api~1v1~1copies/post");

        assertThat(post.at("/parameters/0/name").asText()).isEqualTo("Idempotency-Key");
        assertThat(post.path("responses").has("422")).isTrue();
        assertThat(merged.at("/paths/~1api~1v1~1scans/get").has("parameters")).isFalse();
    }

    @Test
    void saysWhatNamesAreLike() {
        var repository = merged.at("/paths/~1api~1v1~1images/get/parameters/0/schema");

        assertThat(repository.path("maxLength").asInt()).isEqualTo(255);
        assertThat("").as("no filter").matches(repository.path("pattern").asText());
        assertThat("shop/api").matches(repository.path("pattern").asText());
        assertThat("Shop").doesNotMatch(repository.path("pattern").asText());
    }

    @Test
    void describesProblemsAndHowToSignIn() {
        var responses = merged.at("/paths/~1api~1v1~1scans/get/responses");

        assertThat(responses.at("/401/$ref").asText()).isEqualTo("#/components/responses/Problem");
        assertThat(responses.at("/default/$ref").asText()).isEqualTo("#/components/responses/Problem");
        assertThat(responses.at("/200/content").isMissingNode()).isFalse();
        assertThat(merged.at("/components/securitySchemes/session/scheme").asText())
                .isEqualTo("bearer");
        assertThat(merged.at("/components/schemas/Problem/properties/code/enum").toString())
                .contains("webhook-not-authentic");
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
