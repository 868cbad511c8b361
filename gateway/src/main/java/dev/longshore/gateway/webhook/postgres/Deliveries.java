package dev.longshore.gateway.webhook.postgres;

import dev.longshore.gateway.access.domain.Grants;
import dev.longshore.gateway.webhook.domain.Delivery;
import dev.longshore.gateway.webhook.domain.DeliveryState;
import dev.longshore.gateway.webhook.domain.Uselessness;
import dev.longshore.kit.event.StoredJson;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;

/** Deliveries, as they came, for as long as they are kept. */
@ApplicationScoped
public class Deliveries {

    private static final String INSERT = """
            insert into delivery
              (id, project, registry, vendor, state, reason, headers, body, size, address, trace_id, received_at)
            values (:id, :project, :registry, :vendor, :state, nullif(:reason, ''), :headers, :body, :size, :address,
              nullif(:traceId, ''), :receivedAt)""";
    private static final String COLUMNS =
            "id, project, registry, vendor, reason, headers, body, size, address, trace_id, received_at";
    /** A list shows no bodies, which may be a megabyte each. */
    private static final String LISTED =
            "id, project, registry, vendor, reason, headers, ''::bytea as body, size, address, trace_id, received_at";
    /** In portions: one long delete would hold up the autovacuum, and the door. */
    private static final String PRUNE =
            "delete from delivery where id in (select id from delivery where received_at < $1 limit 1000)";

    private static final String NOW_OF_USE =
            "update delivery set state = 'received', reason = null where id = :id and state = 'failed'";

    private final Pool pool;

    Deliveries(Pool pool) {
        this.pool = pool;
    }

    public Uni<Void> store(Mutiny.Session transaction, Delivery delivery) {
        return transaction
                .createNativeQuery(INSERT)
                .setParameter("id", delivery.id())
                .setParameter("project", delivery.project())
                .setParameter("registry", delivery.registry())
                .setParameter("vendor", delivery.vendor())
                .setParameter("state", delivery.state().toString())
                .setParameter(
                        "reason",
                        delivery.uselessness().map(Uselessness::toString).orElse(""))
                .setParameter("headers", StoredJson.write(delivery.headers()))
                .setParameter("body", delivery.body())
                .setParameter("size", delivery.size())
                .setParameter("address", delivery.address())
                .setParameter("traceId", delivery.traceId())
                .setParameter("receivedAt", delivery.receivedAt())
                .executeUpdate()
                .replaceWithVoid();
    }

    /** A delivery that failed is announced after all. */
    public Uni<Void> isOfUse(Mutiny.Session transaction, String id) {
        return transaction
                .createNativeQuery(NOW_OF_USE)
                .setParameter("id", id)
                .executeUpdate()
                .replaceWithVoid();
    }

    public Uni<Optional<Delivery>> find(String id) {
        return pool.preparedQuery("select " + COLUMNS + " from delivery where id = $1")
                .execute(Tuple.of(id))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .findFirst()
                        .map(Deliveries::read));
    }

    /**
     * Newest first, without bodies.
     *
     * @param before id of the last one seen; empty for the first page
     */
    public Uni<List<Delivery>> list(
            Optional<String> registry, Optional<DeliveryState> state, String before, int limit, Set<String> projects) {
        var conditions = new ArrayList<String>();
        var values = Tuple.tuple();
        registry.ifPresent(
                value -> conditions.add("registry = $" + values.addString(value).size()));
        state.ifPresent(value ->
                conditions.add("state = $" + values.addString(value.toString()).size()));
        if (!before.isEmpty()) {
            conditions.add("id < $" + values.addString(before).size());
        }
        if (!projects.contains(Grants.WHOLE)) {
            conditions.add("project = any($%d)"
                    .formatted(values.addArrayOfString(projects.toArray(String[]::new))
                            .size()));
        }
        var where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        var limited = " order by id desc limit $" + values.addInteger(limit).size();
        return pool.preparedQuery("select " + LISTED + " from delivery" + where + limited)
                .execute(values)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Deliveries::read)
                        .toList());
    }

    /** Emits how many were removed: at most one portion. */
    public Uni<Integer> pruneReceivedBefore(OffsetDateTime limit) {
        return pool.preparedQuery(PRUNE).execute(Tuple.of(limit)).map(rows -> rows.rowCount());
    }

    private static Delivery read(Row row) {
        return new Delivery(
                row.getString("id"),
                row.getString("project"),
                row.getString("registry"),
                row.getString("vendor"),
                Optional.ofNullable(row.getString("reason")).map(Deliveries::uselessness),
                StoredJson.readTexts(row.getString("headers")),
                Optional.ofNullable(row.getValue("body"))
                        .map(Buffer.class::cast)
                        .orElseGet(Buffer::buffer)
                        .getBytes(),
                row.getLong("size"),
                row.getString("address"),
                Optional.ofNullable(row.getString("trace_id")).orElse(""),
                row.getOffsetDateTime("received_at").toInstant());
    }

    private static Uselessness uselessness(String text) {
        return Uselessness.valueOf(text.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
    }
}
