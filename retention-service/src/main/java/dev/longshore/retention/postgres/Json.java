package dev.longshore.retention.postgres;

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
}
