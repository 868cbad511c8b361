package dev.longshore.gateway.openapi.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.gateway.idempotency.domain.IdempotencyKey;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * What holds for every operation without each of them saying so: what names, ids and pages are like, and how the door
 * answers. What an operation says itself is left as it is.
 */
final class Conventions {

    private static final String NAME = "[a-z0-9][a-z0-9-]{0,62}";
    private static final String REPOSITORY = "[a-z0-9]+([._-][a-z0-9]+)*(/[a-z0-9]+([._-][a-z0-9]+)*)*";
    private static final String TAG = "[A-Za-z0-9_][A-Za-z0-9._-]{0,127}";
    private static final int LARGEST_PAGE = 500;
    /** Of a repository, as registries allow it; a reference that is as long has one that is shorter. */
    private static final int LONGEST_REPOSITORY = 255;

    private static final String REFERENCE = "reference";
    private static final String KEY =
            "Anything unique: the same request with the same key again is answered as the first time, and done once";

    /** By the name of the parameter. */
    private static final Map<String, String> PATTERNS = Map.of(
            "name",
            "^" + NAME + "$",
            "id",
            "^[A-Za-z0-9][A-Za-z0-9-]{0,62}$",
            "registry",
            "^" + NAME + "$",
            "secret",
            "^[A-Za-z0-9_-]{1,255}$",
            "repository",
            "^" + REPOSITORY + "$",
            REFERENCE,
            "^" + NAME + "/" + REPOSITORY + "(:" + TAG + "|@sha256:[a-f0-9]{64})$");

    private static final List<String> OF_KEYS = List.of("400", "409", "422");
    private static final List<String> OF_THE_DOOR = List.of("429", "503");
    private static final List<String> OF_THE_DOOR_TO_WHO_SIGNS_IN = List.of("401", "403");

    private Conventions() {}

    static void apply(String method, String path, ObjectNode operation) {
        operation.path("parameters").forEach(Conventions::describe);
        var responses = operation.withObject("/responses");
        if (method.equals("post") && path.startsWith("/api/v1/") && !operation.has("security")) {
            takeKey(operation);
            OF_KEYS.forEach(status -> problem(responses, status));
        }
        OF_THE_DOOR.forEach(status -> problem(responses, status));
        if (!operation.has("security")) {
            OF_THE_DOOR_TO_WHO_SIGNS_IN.forEach(status -> problem(responses, status));
        }
        if (path.contains("{")) {
            problem(responses, "404");
        }
        if (operation.has("requestBody")) {
            problem(responses, "413");
        }
        if (has(operation, "header", "If-None-Match")) {
            responses.putObject("304").put("description", "As it was: the caller has it already");
        }
        if (has(operation, "query", "")) {
            responses.putObject("414").put("description", "The address is too long; there is no body");
        }
        if (responses.path("201") instanceof ObjectNode created && !created.has("content")) {
            created.setAll(contentOf(responses.path("200")));
        }
    }

    /** As the door takes it: see IdempotencyDoor. */
    private static void takeKey(ObjectNode operation) {
        var parameter = operation.withArray("/parameters").addObject();
        parameter.put("name", "Idempotency-Key").put("in", "header").put("description", KEY);
        parameter.putObject("schema").put("type", "string").put("pattern", IdempotencyKey.HEADER);
        parameter.put("example", "order-4711");
    }

    /** @param name empty for any */
    private static boolean has(JsonNode operation, String place, String name) {
        return StreamSupport.stream(operation.path("parameters").spliterator(), false)
                .anyMatch(parameter -> parameter.path("in").asText().equals(place)
                        && (name.isEmpty() || parameter.path("name").asText().equals(name)));
    }

    private static void problem(ObjectNode responses, String status) {
        if (!responses.has(status)) {
            responses.putObject(status).put("$ref", ProblemSchema.RESPONSE);
        }
    }

    /** What is created is shown as what is replaced. */
    private static Map<String, JsonNode> contentOf(JsonNode response) {
        return response.has("content")
                ? Map.of("content", response.path("content").deepCopy())
                : Map.of();
    }

    private static void describe(JsonNode parameter) {
        var name = parameter.path("name").asText();
        if (parameter.path("in").asText().equals("header")
                || !(parameter.path("schema") instanceof ObjectNode schema)) {
            return;
        }
        if (!schema.has("type") && !schema.has("$ref")) {
            schema.put("type", "string");
        }
        if (PATTERNS.containsKey(name) && !schema.has("pattern")) {
            var isFilter = parameter.path("in").asText().equals("query") && !name.equals(REFERENCE);
            schema.put("pattern", PATTERNS.get(name).replaceFirst("\\^(.*)\\$", isFilter ? "^($1)?\\$" : "^$1\\$"));
        }
        if (List.of(REFERENCE, "repository").contains(name)) {
            schema.put("maxLength", LONGEST_REPOSITORY);
        }
        if (name.equals("limit") && !schema.has("maximum")) {
            schema.put("minimum", 1).put("maximum", LARGEST_PAGE);
        }
        if (name.equals("cursor")) {
            schema.put("format", "cursor");
            ((ObjectNode) parameter).put("description", "The 'next' of the page before; of no use otherwise");
        }
    }
}
