package dev.longshore.scan.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.longshore.kit.event.EventCodec;

/** Documents in text columns: read and written whole, never searched. */
final class Json {

    private Json() {}

    static String write(Object value) {
        try {
            return EventCodec.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Could not write " + value.getClass() + " as JSON", e);
        }
    }

    static <T> T read(String text, TypeReference<T> type) {
        try {
            return EventCodec.mapper().readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored document is not what was written", e);
        }
    }
}
