package dev.longshore.config.domain;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.longshore.config.domain.input.Durations;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Specs as JSON, in the shape in which they are given. */
public final class SpecJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModules(new JavaTimeModule(), new SimpleModule().addSerializer(Duration.class, new AsPeopleWriteIt()))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private SpecJson() {}

    public static ObjectNode of(Spec spec) {
        try {
            // Through text, so that it equals what is stored: as nodes, 5 as int and 5 as long differ.
            return parse(MAPPER.writeValueAsString(spec));
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("Could not write a spec", failure);
        }
    }

    public static ObjectNode parse(String stored) {
        try {
            return (ObjectNode) MAPPER.readTree(stored);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("What is stored is not JSON", failure);
        }
    }

    /** For audit entries. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> map(ObjectNode node) {
        return MAPPER.convertValue(node, Map.class);
    }

    private static final class AsPeopleWriteIt extends JsonSerializer<Duration> {
        @Override
        public void serialize(Duration value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(Durations.format(value));
        }
    }
}
