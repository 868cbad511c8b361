package dev.longshore.gateway.openapi.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.StreamSupport;

/** Says of every field that need not be there that it may be null as well: so it is sent, and so it is taken. */
final class OptionalFields {

    private static final String TYPE = "type";
    private static final String NULL = "null";
    private static final String REF = "$ref";

    private OptionalFields() {}

    /** In this schema, and all within it. */
    static void mayBeNull(JsonNode schema) {
        var required = schema.path("required");
        if (schema.path("properties") instanceof ObjectNode properties) {
            properties.properties().forEach(property -> {
                if (property.getValue() instanceof ObjectNode field && !holds(required, property.getKey())) {
                    takeNull(field);
                }
            });
        }
        schema.forEach(OptionalFields::mayBeNull);
    }

    private static void takeNull(ObjectNode field) {
        if (field.has(REF)) {
            var either = JsonNodeFactory.instance.arrayNode();
            field.remove(TYPE);
            either.addObject().set(REF, field.remove(REF));
            either.addObject().put(TYPE, NULL);
            field.set("anyOf", either);
        } else if (field.path(TYPE).isTextual()) {
            var type = field.path(TYPE).asText();
            field.putArray(TYPE).add(type).add(NULL);
            if (field.path("enum") instanceof ArrayNode values) {
                values.addNull();
            }
        }
    }

    private static boolean holds(JsonNode list, String name) {
        return StreamSupport.stream(list.spliterator(), false)
                .anyMatch(each -> each.asText().equals(name));
    }
}
