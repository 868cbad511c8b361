package dev.longshore.retention.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.longshore.kit.event.EventCodec;

/** Values as they are kept in a column. */
final class Json {

    private Json() {}

    static String write(Object value) {
        try {
            return EventCodec.mapper().writeValueAsString(value);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("Could not write " + value.getClass() + " as JSON", failure);
        }
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return EventCodec.mapper().readValue(json, type);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("Could not read a stored " + type.getSimpleName(), failure);
        }
    }

    static <T> T read(String json, TypeReference<T> type) {
        try {
            return EventCodec.mapper().readValue(json, type);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("Could not read a stored " + type.getType(), failure);
        }
    }
}
