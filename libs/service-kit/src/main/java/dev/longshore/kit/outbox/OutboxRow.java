package dev.longshore.kit.outbox;

import dev.longshore.kit.event.StoredJson;
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

    static OutboxRow from(Row row) {
        return new OutboxRow(
                row.getLong("id"),
                row.getString("topic"),
                row.getString("message_key"),
                StoredJson.readTexts(row.getString("headers")),
                row.getString("payload"));
    }
}
