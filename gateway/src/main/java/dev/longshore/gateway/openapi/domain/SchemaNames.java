package dev.longshore.gateway.openapi.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds names for schemas beside those that are taken already. */
record SchemaNames(String service, ObjectNode taken) {

    record Rename(String from, String to) {}

    /** What has to be renamed: names that are taken by something else. */
    List<Rename> take(JsonNode schemas) {
        return schemas.properties().stream()
                .filter(schema -> taken.has(schema.getKey())
                        && !taken.get(schema.getKey()).equals(schema.getValue()))
                .map(schema -> new Rename(schema.getKey(), prefix() + schema.getKey()))
                .toList();
    }

    static String nameAfter(List<Rename> renamed, String name) {
        return renamed.stream()
                .filter(rename -> rename.from().equals(name))
                .map(Rename::to)
                .findFirst()
                .orElse(name);
    }

    /** In every reference of the document. */
    static void rewrite(JsonNode node, String from, String to) {
        if (node instanceof ObjectNode object) {
            if (object.path("$ref").asText().equals(from)) {
                object.put("$ref", to);
            }
        }
        node.forEach(child -> rewrite(child, from, to));
    }

    /** {@code scan-service} becomes {@code ScanService}. */
    private String prefix() {
        return Stream.of(service.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }
}
