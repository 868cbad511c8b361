package dev.longshore.kit.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import java.util.Map;

/** Documents in text columns: written and read whole, never searched. Written as the data of events is. */
public final class StoredJson {

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private StoredJson() {}

    public static String write(Object value) {
        try {
            return EventCodec.mapper().writeValueAsString(value);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("Could not write a " + value.getClass() + " as JSON", failure);
        }
    }

    /** @throws IllegalStateException if it is not what was written */
    public static <T> T read(String json, Class<T> type) {
        return read(json, EventCodec.mapper().constructType(type));
    }

    /** @throws IllegalStateException if it is not what was written */
    public static <T> T read(String json, TypeReference<T> type) {
        return read(json, EventCodec.mapper().constructType(type));
    }

    /** Headers, for example. */
    public static Map<String, String> readTexts(String json) {
        return read(json, TEXTS);
    }

    private static <T> T read(String json, JavaType type) {
        try {
            return EventCodec.mapper().readValue(json, type);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("Could not read a stored " + type.toCanonical(), failure);
        }
    }
}
