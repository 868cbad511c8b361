package dev.longshore.gateway.openapi.domain;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** How errors are described on SNAP's paths, whose callers know another shape. */
final class SnapSchema {

    private static final String NAME = "SnapError";
    private static final String RESPONSE = "#/components/responses/" + NAME;
    private static final List<String> PATHS = List.of("/config/", "/registry/");

    private SnapSchema() {}

    static void addTo(ObjectNode components) {
        var error = components.withObject("/schemas").putObject(NAME);
        error.put("type", "object").put("description", "An error, as SNAP's callers know it");
        error.putArray("required").add("success");
        var properties = error.putObject("properties");
        properties.putObject("success").put("type", "boolean").put("const", false);
        for (var text : List.of("error", "details", "code", "message")) {
            properties.putObject(text).put("type", "string");
        }
        var response = components.withObject("/responses").putObject(NAME);
        response.put("description", "What went wrong; what the door itself refuses is a problem, as elsewhere");
        var content = response.putObject("content");
        content.putObject("application/json").putObject("schema").put("$ref", "#/components/schemas/" + NAME);
        content.putObject("application/problem+json").putObject("schema").put("$ref", "#/components/schemas/Problem");
    }

    static void replaceErrors(String path, ObjectNode responses) {
        if (PATHS.stream().anyMatch(path::startsWith)) {
            for (var response : responses.properties()) {
                if (!response.getKey().startsWith("2") && !response.getKey().equals("414")) {
                    response.setValue(JsonNodeFactory.instance.objectNode().put("$ref", RESPONSE));
                }
            }
            responses.putObject("default").put("$ref", RESPONSE);
        }
    }
}
