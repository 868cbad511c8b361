package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.longshore.e2e.client.Api;
import dev.longshore.e2e.suite.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What {@code /openapi} says of each operation of the suite is enough to use it. */
class ApiDocumentE2E {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> METHODS = List.of("get", "put", "post", "delete");

    private final JsonNode document = Api.nobody(Suite.shared()).get("/openapi").json();

    private record Operation(String title, JsonNode description) {}

    @Test
    void isOfTheWholeSuite() {
        assertThat(document.path("openapi").asText()).startsWith("3.1");
        assertThat(texts(document.path("tags").findValues("name")))
                .contains(
                        "gateway",
                        "config-service",
                        "push-service",
                        "scan-service",
                        "replication-service",
                        "retention-service");
    }

    @Test
    void everyOperationSaysWhatItIsFor() {
        assertThat(operations())
                .hasSizeGreaterThan(100)
                .allSatisfy(operation -> assertThat(
                                operation.description().path("summary").asText())
                        .as(operation.title())
                        .isNotBlank());
    }

    @Test
    void everyOperationSaysWhatItAnswers() {
        assertThat(operations()).allSatisfy(operation -> {
            var answers = operation.description().path("responses");
            assertThat(answers.fieldNames())
                    .as(operation.title())
                    .toIterable()
                    .anyMatch(status -> status.startsWith("2") || status.startsWith("3"))
                    .contains("default");
        });
    }

    @Test
    void everyBodyHasAnExampleThatIsGood() {
        var without = new ArrayList<String>();
        var wrong = new ArrayList<String>();
        for (var operation : operations()) {
            for (var content :
                    operation.description().path("requestBody").path("content").properties()) {
                var examples = examples(content.getValue());
                if (examples.isEmpty() && !content.getKey().startsWith("multipart/")) {
                    without.add(operation.title());
                }
                examples.stream()
                        .map(example -> violations(content.getValue().path("schema"), example))
                        .filter(violations -> !violations.isEmpty())
                        .forEach(violations -> wrong.add(operation.title() + ": " + violations));
            }
        }

        assertThat(without).as("bodies without an example").isEmpty();
        assertThat(wrong).as("examples that their schemas refuse").isEmpty();
    }

    /** The door refuses a parameter that is given twice, unless it knows that it is a list. */
    @Test
    void whatIsAListMayBeGivenSeveralTimes() {
        var lists = operations().stream()
                .flatMap(operation -> stream(operation.description().path("parameters"))
                        .filter(parameter -> parameter.path("in").asText().equals("query"))
                        .filter(parameter ->
                                parameter.at("/schema/type").toString().contains("array"))
                        .map(parameter -> parameter.path("name").asText())
                        .map(name -> operation.title().replaceFirst("^get ", "") + "?%s=a&%s=b".formatted(name, name)))
                .toList();

        assertThat(lists).hasSizeGreaterThan(2).allSatisfy(list -> {
            assertThat(list).startsWith("/");
            assertThat(Api.nobody(Suite.shared()).get(list).body()).doesNotContain("more than once");
        });
        assertThat(Api.nobody(Suite.shared())
                        .get("/api/v1/images?limit=1&limit=2")
                        .body())
                .contains("more than once");
    }

    private List<Operation> operations() {
        return document.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .map(operation ->
                                new Operation(operation.getKey() + " " + path.getKey(), operation.getValue())))
                .toList();
    }

    /** Beside the schema, or in it. */
    private List<JsonNode> examples(JsonNode content) {
        var beside = content.path("examples").properties().stream()
                .map(example -> example.getValue().path("value"))
                .map(ApiDocumentE2E::parsed);
        return Stream.concat(beside, stream(resolved(content.path("schema")).path("examples")))
                .toList();
    }

    private JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.path("$ref").asText().substring(1)) : schema;
    }

    private String violations(JsonNode schema, JsonNode example) {
        ObjectNode whole = resolved(schema).deepCopy();
        whole.set("components", document.path("components"));
        return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(whole)
                .validate(example)
                .toString()
                .replaceFirst("^\\[]$", "");
    }

    private static JsonNode parsed(JsonNode example) {
        try {
            return example.isTextual() ? JSON.readTree(example.asText()) : example;
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException(failure);
        }
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static List<String> texts(List<JsonNode> nodes) {
        return nodes.stream().map(JsonNode::asText).toList();
    }
}
