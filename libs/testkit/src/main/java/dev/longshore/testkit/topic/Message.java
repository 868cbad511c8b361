package dev.longshore.testkit.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record as it lies on its topic; the value of a tombstone is empty. */
public record Message(String topic, String key, String value, Map<String, String> headers) {

    private static final JsonMapper JSON = new JsonMapper();

    static Message of(ConsumerRecord<String, String> found) {
        var headers = new HashMap<String, String>();
        found.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return new Message(
                found.topic(),
                Objects.requireNonNullElse(found.key(), ""),
                Objects.requireNonNullElse(found.value(), ""),
                Map.copyOf(headers));
    }

    /** Of the event; empty for a tombstone. */
    public String type() {
        return document().path("type").asText();
    }

    /** Of the event; empty for a tombstone. */
    public String id() {
        return document().path("id").asText();
    }

    /** Of the event; missing for a tombstone. */
    public JsonNode data() {
        return document().path("data");
    }

    private JsonNode document() {
        try {
            return JSON.readTree(value);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("Not a CloudEvent: " + value, failure);
        }
    }
}
