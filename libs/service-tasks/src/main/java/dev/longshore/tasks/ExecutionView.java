package dev.longshore.tasks;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An execution as the API shows it.
 *
 * @param state {@code pending}, {@code running}, {@code succeeded}, {@code failed} or {@code stopped}: from its tasks
 * @param tasks how many in which state
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExecutionView(
        String id,
        String project,
        String kind,
        @Nullable String reference,
        String requestedBy,
        String state,
        Map<String, Long> tasks,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    /** One task of an execution. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TaskView(
            long id,
            String kind,
            String state,
            int attempt,
            int maxAttempts,
            @Nullable String errorCode,
            @Nullable String error,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Instant dueAt) {

        static TaskView from(Row row) {
            var state = row.getString("state");
            return new TaskView(
                    row.getLong("id"),
                    row.getString("kind"),
                    state,
                    row.getInteger("attempt"),
                    row.getInteger("max_attempts"),
                    row.getString("error_code"),
                    row.getString("error"),
                    row.getOffsetDateTime("created_at").toInstant(),
                    instant(row, "started_at"),
                    instant(row, "finished_at"),
                    state.equals("pending") ? instant(row, "due_at") : null);
        }
    }

    static ExecutionView from(Row row) {
        var tasks = new LinkedHashMap<String, Long>();
        for (var state : new String[] {"pending", "running", "succeeded", "failed", "stopped", "superseded"}) {
            var count = row.getLong(state);
            if (count > 0) {
                tasks.put(state, count);
            }
        }
        var state = stateOf(tasks, row.getOffsetDateTime("stopped_at") != null);
        var isOpen = state.equals("pending") || state.equals("running");
        return new ExecutionView(
                row.getString("id"),
                row.getString("project"),
                row.getString("kind"),
                row.getString("reference"),
                row.getString("requested_by"),
                state,
                tasks,
                row.getOffsetDateTime("created_at").toInstant(),
                isOpen ? null : instant(row, "finished_at"));
    }

    /** What is still to be done wins; then what failed. */
    static String stateOf(Map<String, Long> tasks, boolean isStopped) {
        if (tasks.containsKey("running")) {
            return "running";
        } else if (tasks.containsKey("pending")) {
            return tasks.containsKey("succeeded") || tasks.containsKey("failed") ? "running" : "pending";
        } else if (isStopped || tasks.containsKey("stopped")) {
            return "stopped";
        }
        return tasks.containsKey("failed") ? "failed" : "succeeded";
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
