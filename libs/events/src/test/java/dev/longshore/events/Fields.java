package dev.longshore.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The fields of a schema as rows: nested ones with a dotted path, those of list items with {@code []}. */
final class Fields {

    record Field(String path, String type, boolean isRequired, String meaning) {}

    private final JsonNode root;
    private final List<Field> fields = new ArrayList<>();

    private Fields(JsonNode root) {
        this.root = root;
    }

    static List<Field> of(JsonNode schema) {
        var fields = new Fields(schema);
        fields.add("", schema);
        return List.copyOf(fields.fields);
    }

    private void add(String prefix, JsonNode object) {
        var required = StreamSupport.stream(object.path("required").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
        for (var property : object.path("properties").properties()) {
            var schema = resolve(property.getValue());
            var path = prefix + property.getKey();
            fields.add(
                    new Field(path, type(schema), required.contains(property.getKey()), meaning(property.getValue())));
            var items = resolve(schema.path("items"));
            if (items.has("properties")) {
                add(path + "[].", items);
            } else {
                add(path + ".", schema);
            }
        }
    }

    private String type(JsonNode schema) {
        if (schema.has("enum")) {
            return StreamSupport.stream(schema.path("enum").spliterator(), false)
                    .map(value -> "`" + value.asText() + "`")
                    .collect(Collectors.joining(", "));
        }
        if (schema.path("pattern").asText().equals(Schemas.DIGEST_PATTERN)) {
            return "digest";
        }
        if (schema.has("format") && schema.path("type").asText().equals("string")) {
            return schema.path("format").asText();
        }
        if (schema.has("items")) {
            return "list of " + type(resolve(schema.path("items")));
        }
        if (schema.path("additionalProperties").isObject()) {
            return "map to " + type(resolve(schema.path("additionalProperties")));
        }
        return schema.path("type").asText("anything");
    }

    private static String meaning(JsonNode property) {
        return property.path("description").asText().lines().findFirst().orElse("");
    }

    private JsonNode resolve(JsonNode schema) {
        var reference = schema.path("$ref").asText();
        return reference.isEmpty() ? schema : resolve(root.at(reference.substring(1)));
    }
}
