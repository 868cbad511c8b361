package dev.longshore.local.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The files in which each service appends its spans: OTLP in JSON, one export request (or its resource spans) a line. */
record TraceFiles(Path folder) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FAILED = 2;

    /** The words that OTLP has numbers for, so far as they say something to a reader. */
    private static final Map<Integer, String> KINDS = Map.of(2, "server", 3, "client", 4, "producer", 5, "consumer");

    List<Span> spansOf(String traceId) throws IOException {
        var spans = new ArrayList<Span>();
        try (var files = Files.newDirectoryStream(folder, "*.jsonl*")) {
            for (var file : files) {
                try (var lines = Files.lines(file)) {
                    lines.filter(line -> line.contains(traceId)).forEach(line -> collect(line, traceId, spans));
                }
            }
        }
        return spans;
    }

    private static void collect(String line, String traceId, List<Span> spans) {
        var document = parse(line);
        var resources = document.has("resourceSpans") ? elements(document.get("resourceSpans")) : List.of(document);
        for (var resource : resources) {
            var service = serviceName(resource);
            for (var scope : elements(resource.path("scopeSpans"))) {
                elements(scope.path("spans")).stream()
                        .filter(span -> traceId.equals(span.path("traceId").asText()))
                        .map(span -> span(span, service))
                        .forEach(spans::add);
            }
        }
    }

    /** A service that was killed may have left half a line, which is nothing. */
    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException _) {
            return JSON.createObjectNode();
        }
    }

    private static Span span(JsonNode span, String service) {
        return new Span(
                span.path("spanId").asText(),
                span.path("parentSpanId").asText(),
                service,
                span.path("name").asText(),
                KINDS.getOrDefault(span.path("kind").asInt(), ""),
                span.path("startTimeUnixNano").asLong(),
                span.path("endTimeUnixNano").asLong(),
                span.path("status").path("code").asInt() == FAILED);
    }

    private static String serviceName(JsonNode resource) {
        return elements(resource.path("resource").path("attributes")).stream()
                .filter(attribute -> "service.name".equals(attribute.path("key").asText()))
                .map(attribute -> attribute.path("value").path("stringValue").asText())
                .findFirst()
                .orElse("?");
    }

    private static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
