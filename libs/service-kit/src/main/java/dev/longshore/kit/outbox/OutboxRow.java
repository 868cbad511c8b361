package dev.longshore.kit.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.longshore.kit.event.EventCodec;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message waiting to be published. */
record OutboxRow(
        long id,
        String topic,
        String key,
        Map<String, String> headers,
        @Nullable String payload) {

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    static OutboxRow from(Row row) {
        try {
            return new OutboxRow(
                    row.getLong("id"),
                    row.getString("topic"),
                    row.getString("message_key"),
                    EventCodec.mapper().readValue(row.getString("headers"), HEADERS),
                    row.getString("payload"));
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("Could not read the headers of outbox row " + row.getLong("id"), failure);
        }
    }
}
