package dev.longshore.gateway.openapi.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.StreamSupport;

/** Patterns as JSON Schema has them: found anywhere unless anchored, and without Java's own classes. */
final class Patterns {

    private static final String PATTERN = "pattern";
    private static final String FORMAT = "format";
    /** 30d, 24h, or as ISO 8601 has it. */
    private static final String SPAN = "^([0-9]{1,9}[dhms]|[Pp][0-9TtDdHhMmSs.]+)$";

    /** No database keeps the character U+0000. */
    private static final String TEXT = "^[^\\x00]*$";

    private static final String TEXT_THAT_SAYS_SOMETHING = "^[^\\x00]*[^\\s\\x00][^\\x00]*$";

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

    /** Texts of which nothing else is said, in this part of a document and all within it. */
    static void boundTexts(JsonNode part) {
        if (part instanceof ObjectNode schema && isAnyText(schema)) {
            schema.put(PATTERN, TEXT);
        }
        part.forEach(Patterns::boundTexts);
    }

    private static String translated(String pattern) {
        var plain = pattern.replace("\\p{Cntrl}", "\\x00-\\x1f\\x7f");
        if (plain.equals("\\S")) {
            return TEXT_THAT_SAYS_SOMETHING;
        }
        return plain.startsWith("^") ? plain : "^(?:" + plain + ")$";
    }

    private static boolean isAnyText(ObjectNode schema) {
        var type = schema.path("type");
        // A property may be called type, too: then it is an object.
        var isText = type.asText().equals("string")
                || (type.isArray()
                        && StreamSupport.stream(type.spliterator(), false)
                                .anyMatch(each -> each.asText().equals("string")));
        return isText && !schema.has(PATTERN) && !schema.has(FORMAT) && !schema.has("enum") && !schema.has("const");
    }
}
