package dev.longshore.gateway.openapi.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Makes one OpenAPI 3.1 document of several: the paths that the public door hands on, with what they refer to. Two
 * different schemas of one name keep apart by the name of their service.
 */
public final class MergedDocument {

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    private static final String SCHEMAS = "#/components/schemas/";

    private final ObjectNode root = JsonNodeFactory.instance.objectNode();
    private final ObjectNode paths;
    private final ObjectNode schemas;

    /**
     * One service's document.
     *
     * @param isPublic which of its paths the door hands on to it
     */
    public record Part(String service, JsonNode document, Predicate<String> isPublic) {}

    private MergedDocument(JsonNode info) {
        root.put("openapi", "3.1.0");
        root.set("info", info);
        root.putArray("servers").addObject().put("url", "/").put("description", "This gateway");
        root.putArray("security").addObject().putArray("session");
        root.putArray("tags");
        paths = root.putObject("paths");
        var components = root.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("session")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "The token that POST /api/v1/sessions gives");
        schemas = components.putObject("schemas");
        ProblemSchema.addTo(components);
        SnapSchema.addTo(components);
    }

    /** @param parts of two that have the same path, the first is taken */
    public static ObjectNode of(JsonNode info, List<Part> parts) {
        var merged = new MergedDocument(info.deepCopy());
        parts.forEach(merged::add);
        Patterns.boundTexts(merged.root);
        return merged.root;
    }

    private void add(Part part) {
        var document = part.document().deepCopy();
        var renamed = new SchemaNames(part.service(), schemas)
                .take(document.path("components").path("schemas"));
        renamed.forEach(rename -> SchemaNames.rewrite(document, SCHEMAS + rename.from(), SCHEMAS + rename.to()));
        document.path("components").path("schemas").forEach(OptionalFields::mayBeNull);
        Patterns.translate(document);
        document.path("components")
                .path("schemas")
                .properties()
                .forEach(schema -> schemas.set(SchemaNames.nameAfter(renamed, schema.getKey()), schema.getValue()));
        var taken = 0;
        for (var path : document.path("paths").properties()) {
            if (part.isPublic().test(path.getKey()) && !paths.has(path.getKey())) {
                paths.set(path.getKey(), operations(part.service(), path.getKey(), path.getValue()));
                taken++;
            }
        }
        if (taken > 0) {
            root.withArray("tags").addObject().put("name", part.service());
        }
    }

    /** Each operation under its service, with problems as the answer to what goes wrong. */
    private JsonNode operations(String service, String path, JsonNode item) {
        for (var operation : item.properties()) {
            if (METHODS.contains(operation.getKey()) && operation.getValue() instanceof ObjectNode described) {
                described.putArray("tags").add(service);
                var responses = described.withObject("/responses");
                ProblemSchema.replaceBareErrors(responses);
                Conventions.apply(operation.getKey(), path, described);
                SnapSchema.replaceErrors(path, responses);
                if (path.startsWith("/api/")) {
                    described.at("/requestBody/content").forEach(content -> refuseOthers(content.path("schema")));
                }
            }
        }
        return item;
    }

    /** A body has no fields but those that are described. */
    private void refuseOthers(JsonNode body) {
        var name = body.path("$ref").asText().replace(SCHEMAS, "");
        if ((body.has("$ref") ? schemas.path(name) : body) instanceof ObjectNode schema
                && schema.has("properties")
                && !schema.has("additionalProperties")) {
            schema.put("additionalProperties", false);
        }
    }
}
