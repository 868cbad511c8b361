package dev.longshore.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** {@code asyncapi.yaml} names every topic and type, and nothing else. It is generated as the schemas are. */
class AsyncApiTest {

    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES)
                    .build())
            .build();

    @Test
    void isWhatTheCodeSays() throws JsonProcessingException {
        var generated = YAML.writeValueAsString(document());
        if (Contract.REGENERATE) {
            Contract.write(Contract.ASYNC_API, generated);
        }

        assertThat(Contract.text(Contract.ASYNC_API))
                .as("asyncapi.yaml is out of date; run with -Dlongshore.regenerate and look at the diff")
                .isEqualTo(generated);
    }

    @Test
    void hasTheTopicsAsChannelsAndTheTypesAsMessages() throws JsonProcessingException {
        var document = YAML.readTree(Contract.text(Contract.ASYNC_API));

        assertThat(names(document.path("channels")))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Topic.values()).map(Topic::topicName).toList());
        assertThat(names(document.path("components").path("messages")))
                .containsExactlyInAnyOrderElementsOf(Contract.records().keySet());
        assertThat(document.findValuesAsText("$ref"))
                .allSatisfy(reference ->
                        assertThat(exists(document, reference)).as(reference).isTrue());
    }

    private static boolean exists(JsonNode document, String reference) {
        // A slash within a name is written ~1; the names have none.
        return reference.startsWith("#/")
                ? !document.at(reference.substring(1)).isMissingNode()
                : Contract.ASYNC_API.resolveSibling(reference).toFile().exists();
    }

    private static Map<String, Object> document() {
        var channels = new LinkedHashMap<String, Object>();
        for (var topic : Topic.values()) {
            channels.put(topic.topicName(), channel(topic));
        }
        var messages = new TreeMap<String, Object>();
        Contract.families().forEach(family -> messages.putAll(messages(family)));
        return ordered(
                "asyncapi",
                "3.0.0",
                "info",
                ordered(
                        "title", "Longshore",
                        "version", "1.0.0",
                        "description",
                                "Facts that the services of Longshore tell each other over Kafka, as CloudEvents 1.0 in structured JSON. Order is promised per key and nowhere else. A record without value on a compacted topic removes its key."),
                "defaultContentType",
                "application/cloudevents+json",
                "channels",
                channels,
                "components",
                ordered("messages", messages));
    }

    private static Map<String, Object> channel(Topic topic) {
        var messages = new TreeMap<String, Object>();
        var description = "Nothing is published here yet.";
        for (var family : Contract.families()) {
            if (Contract.topicOf(family) == topic) {
                description = Contract.description(family);
                messages(family)
                        .keySet()
                        .forEach(type -> messages.put(type, reference("#/components/messages/" + type)));
            }
        }
        var configuration = new LinkedHashMap<String, Object>();
        configuration.put("cleanup.policy", List.of(topic.isCompacted() ? "compact" : "delete"));
        if (!topic.isCompacted()) {
            configuration.put("retention.ms", Long.parseLong(topic.settings().get("retention.ms")));
        }
        configuration.put("max.message.bytes", Topic.LARGEST_RECORD_BYTES);
        return ordered(
                "address",
                topic.topicName(),
                "description",
                description,
                "messages",
                messages,
                "bindings",
                ordered("kafka", ordered("partitions", topic.partitions(), "topicConfiguration", configuration)));
    }

    private static Map<String, Object> messages(Class<?> family) {
        var messages = new TreeMap<String, Object>();
        for (var entry : Contract.records().entrySet()) {
            if (family.isAssignableFrom(entry.getValue())) {
                messages.put(
                        entry.getKey(),
                        ordered(
                                "name", entry.getKey(),
                                "title", entry.getValue().getSimpleName(),
                                "summary", Contract.description(entry.getValue()),
                                "payload", payload(entry.getKey())));
            }
        }
        return messages;
    }

    private static Map<String, Object> payload(String type) {
        var parts = new ArrayList<Object>();
        parts.add(reference("schemas/envelope.schema.json"));
        parts.add(ordered(
                "properties",
                ordered("type", ordered("const", type), "data", reference("schemas/" + type + ".schema.json"))));
        return ordered(
                "schemaFormat", "application/schema+json;version=draft-2020-12", "schema", ordered("allOf", parts));
    }

    private static Map<String, Object> reference(String target) {
        return Map.of("$ref", target);
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    private static List<String> names(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
