package dev.longshore.gateway.audit.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.kit.event.StoredJson;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The entries, for people to read. */
@ApplicationScoped
public class AuditTrail {

    private final Pool pool;

    AuditTrail(Pool pool) {
        this.pool = pool;
    }

    /**
     * Newest first.
     *
     * @param before position of the last one seen; empty for the first page
     */
    public Uni<List<AuditEntry>> list(AuditFilter filter, Optional<AuditPosition> before, int limit) {
        var conditions = new ArrayList<String>();
        var values = Tuple.tuple();
        equal(conditions, values, "actor", filter.actor());
        equal(conditions, values, "action", filter.action());
        equal(conditions, values, "result", filter.result());
        equal(conditions, values, "project", filter.project());
        equal(conditions, values, "trace_id", filter.trace());
        filter.resource()
                .ifPresent(value -> conditions.add("starts_with(resource, $%d)"
                        .formatted(values.addString(value).size())));
        filter.projects()
                .ifPresent(names -> conditions.add("project = any($%d)"
                        .formatted(values.addArrayOfString(names.toArray(String[]::new))
                                .size())));
        filter.from().ifPresent(time -> conditions.add("occurred_at >= $" + add(values, time)));
        filter.to().ifPresent(time -> conditions.add("occurred_at < $" + add(values, time)));
        before.ifPresent(position -> conditions.add("(occurred_at, event_id) < ($%d, $%d)"
                .formatted(
                        add(values, position.occurredAt()),
                        values.addUUID(position.eventId()).size())));
        var where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        var order = " order by occurred_at desc, event_id desc limit $"
                + values.addInteger(limit).size();
        return pool.preparedQuery("select * from audit_entry" + where + order)
                .execute(values)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(AuditTrail::read)
                        .toList());
    }

    private static void equal(List<String> conditions, Tuple values, String column, Optional<String> wanted) {
        wanted.ifPresent(value -> conditions.add(
                "%s = $%d".formatted(column, values.addString(value).size())));
    }

    private static int add(Tuple values, Instant time) {
        return values.addOffsetDateTime(time.atOffset(ZoneOffset.UTC)).size();
    }

    private static AuditEntry read(Row row) {
        return new AuditEntry(
                row.getUUID("event_id").toString(),
                instant(row.getOffsetDateTime("occurred_at")),
                row.getString("project"),
                row.getString("service"),
                row.getString("actor"),
                row.getString("address"),
                row.getString("token"),
                row.getString("action"),
                row.getString("resource"),
                row.getString("result"),
                row.getString("detail"),
                tree(row.getString("before")),
                tree(row.getString("after")),
                row.getString("trace_id"));
    }

    private static Instant instant(OffsetDateTime time) {
        return time.toInstant();
    }

    private static @Nullable JsonNode tree(@Nullable String json) {
        return json == null ? null : StoredJson.read(json, JsonNode.class);
    }
}
