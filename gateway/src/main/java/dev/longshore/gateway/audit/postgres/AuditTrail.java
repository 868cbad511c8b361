package dev.longshore.gateway.audit.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.kit.event.EventCodec;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The entries: appended once each, never changed. */
@ApplicationScoped
public class AuditTrail {

    private static final String APPEND = """
            insert into audit_entry (event_id, occurred_at, project, service, actor, address, token, action, resource,
              result, detail, before, after, trace_id)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            on conflict (event_id) do nothing""";

    private final Pool pool;

    AuditTrail(Pool pool) {
        this.pool = pool;
    }

    /** Does nothing for an event that was appended before. */
    public Uni<Void> append(UUID eventId, String service, AuditRecorded entry) {
        var values = Tuple.tuple()
                .addUUID(eventId)
                .addOffsetDateTime(entry.occurredAt().atOffset(ZoneOffset.UTC))
                .addString(clean(entry.project()))
                .addString(clean(service))
                .addString(clean(entry.actor()))
                .addString(cleanOrNull(entry.address()))
                .addString(cleanOrNull(entry.token()))
                .addString(clean(entry.action()))
                .addString(clean(entry.resource()))
                .addString(entry.result().name().toLowerCase(Locale.ROOT))
                .addString(cleanOrNull(entry.detail()))
                .addString(json(entry.before()))
                .addString(json(entry.after()))
                .addString(cleanOrNull(entry.traceId()));
        return pool.preparedQuery(APPEND).execute(values).replaceWithVoid();
    }

    /**
     * Newest first.
     *
     * @param before position of the last one seen; empty for the first page
     */
    public Uni<List<AuditEntry>> list(AuditFilter filter, Optional<AuditPosition> before, int limit) {
        var conditions = new ArrayList<String>();
        var values = Tuple.tuple();
        filter.actor()
                .ifPresent(value ->
                        conditions.add("actor = $" + values.addString(value).size()));
        filter.resource()
                .ifPresent(value ->
                        conditions.add("resource = $" + values.addString(value).size()));
        filter.action()
                .ifPresent(value ->
                        conditions.add("action = $" + values.addString(value).size()));
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

    private static @Nullable String json(@Nullable Map<String, Object> state) {
        try {
            return state == null ? null : EventCodec.mapper().writeValueAsString(state);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("Could not write what an audit entry tells of", failure);
        }
    }

    private static @Nullable JsonNode tree(@Nullable String json) {
        try {
            return json == null ? null : EventCodec.mapper().readTree(json);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("Could not read an audit entry", failure);
        }
    }

    /** PostgreSQL's text holds every character but one. */
    private static String clean(String text) {
        return text.replace('\0', '?');
    }

    private static @Nullable String cleanOrNull(@Nullable String text) {
        return text == null ? null : clean(text);
    }
}
