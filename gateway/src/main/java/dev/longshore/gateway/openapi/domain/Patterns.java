package dev.longshore.gateway.openapi.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Patterns as JSON Schema has them: found anywhere unless anchored, and without Java's own classes. */
final class Patterns {

    private static final String PATTERN = "pattern";
    private static final String FORMAT = "format";
    /** 30d, 24h, or as ISO 8601 has it. */
    private static final String SPAN = "^([0-9]{1,9}[dhms]|[Pp][0-9TtDdHhMmSs.]+)$";

    private Patterns() {}

    /** In this part of a document, and all within it. */
    static void translate(JsonNode part) {
        if (part instanceof ObjectNode schema && schema.path(PATTERN).isTextual()) {
            schema.put(PATTERN, translated(schema.path(PATTERN).asText()));
        }
        // Java writes fractions of seconds, which the format does not know.
        if (part instanceof ObjectNode schema && schema.path(FORMAT).asText().equals("duration")) {
            schema.put(FORMAT, "time-span");
        }
        if (part instanceof ObjectNode schema
                && schema.path(FORMAT).asText().equals("time-span")
                && !schema.has(PATTERN)) {
            schema.put(PATTERN, SPAN);
        }
        part.forEach(Patterns::translate);
    }

    private static String translated(String pattern) {
        var plain = pattern.replace("\\p{Cntrl}", "\\x00-\\x1f\\x7f");
        return plain.startsWith("^") || plain.equals("\\S") ? plain : "^(?:" + plain + ")$";
    }
}
