package dev.longshore.replication.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.longshore.kit.event.EventCodec;

/** Events as they are kept in a column. */
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
}
