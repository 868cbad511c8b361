package dev.longshore.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.longshore.kit.event.EventCodec;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A task that this process works on. {@code attempt} counts from 1. */
public record ClaimedTask(
        long id,
        @Nullable String execution,
        String project,
        String kind,
        int attempt,
        int maxAttempts,
        String payloadJson,
        String traceParent,
        long fencingToken) {

    static ClaimedTask from(Row row) {
        return new ClaimedTask(
                row.getLong("id"),
                row.getString("execution_id"),
                row.getString("project"),
                row.getString("kind"),
                row.getInteger("attempt"),
                row.getInteger("max_attempts"),
                row.getString("payload"),
                Optional.ofNullable(row.getString("traceparent")).orElse(""),
                row.getLong("fencing_token"));
    }

    public <T> T payload(Class<T> type) {
        try {
            return EventCodec.mapper().readValue(payloadJson, type);
        } catch (JsonProcessingException failure) {
            throw new TaskFailure.GiveUp("invalid-payload", "The task's payload is not a " + type.getSimpleName());
        }
    }
}
