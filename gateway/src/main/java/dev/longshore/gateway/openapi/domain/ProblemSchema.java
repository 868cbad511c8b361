package dev.longshore.gateway.openapi.domain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.events.ErrorCode;
import java.util.ArrayList;
import java.util.stream.Stream;

/** How errors are described: RFC 9457 with a stable code. */
final class ProblemSchema {

    private static final String NAME = "Problem";
    static final String RESPONSE = "#/components/responses/" + NAME;

    private ProblemSchema() {}

    static void addTo(ObjectNode components) {
        var problem = components.withObject("/schemas").putObject(NAME);
        problem.put("type", "object").put("description", "An error, as RFC 9457 has it");
        problem.putArray("required")
                .add("type")
                .add("title")
                .add("status")
                .add("detail")
                .add("code");
        var properties = problem.putObject("properties");
        text(properties, "type", "Page that explains it");
        text(properties, "title", "What went wrong, in general");
        properties.putObject("status").put("type", "integer");
        text(properties, "detail", "What went wrong this time");
        var codes = text(properties, "code", "Stable; made to be compared").putArray("enum");
        Stream.of(ErrorCode.values()).map(ErrorCode::code).forEach(codes::add);
        var errors = properties.putObject("errors").put("type", "array").put("description", "Which fields are wrong");
        var error = errors.putObject("items").put("type", "object").putObject("properties");
        text(error, "pointer", "JSON pointer to the field");
        text(error, "detail", "What is wrong with it");

        var response = components.withObject("/responses").putObject(NAME);
        response.put("description", "What went wrong; each type is explained at its own page, /docs/problems/{code}");
        var content = response.putObject("content").putObject("application/problem+json");
        content.putObject("schema").put("$ref", "#/components/schemas/" + NAME);
        example(content.putObject("example"));
    }

    /** Errors that a service only names by status say nothing that the default does not. */
    static void replaceBareErrors(ObjectNode responses) {
        var bare = new ArrayList<String>();
        responses.properties().forEach(response -> {
            var isError = response.getKey().startsWith("4") || response.getKey().startsWith("5");
            if (isError && !response.getValue().has("content")) {
                bare.add(response.getKey());
            }
        });
        bare.forEach(status -> responses.putObject(status).put("$ref", RESPONSE));
        responses.putObject("default").put("$ref", RESPONSE);
    }

    private static void example(ObjectNode problem) {
        var code = ErrorCode.INVALID_REQUEST;
        problem.put("type", "/docs/problems/" + code.code())
                .put("title", code.title())
                .put("status", code.status())
                .put("detail", "/reason is missing")
                .put("code", code.code())
                .putArray("errors")
                .addObject()
                .put("pointer", "/reason")
                .put("detail", "/reason is missing");
    }

    private static ObjectNode text(ObjectNode properties, String name, String description) {
        return properties.putObject(name).put("type", "string").put("description", description);
    }
}
