package dev.longshore.gateway.suite;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** What the gateway wrote, asked by SQL. */
@ApplicationScoped
public class Database {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Pool pool;

    Database(Pool pool) {
        this.pool = pool;
    }

    public List<Row> rows(String sql, Object... values) {
        var rows = pool.preparedQuery(sql)
                .execute(Tuple.from(List.of(values)))
                .await()
                .atMost(PATIENCE);
        return StreamSupport.stream(rows.spliterator(), false).toList();
    }

    public long count(String sql, Object... values) {
        return rows(sql, values).getFirst().getLong(0);
    }

    /** Statements without values. */
    public void execute(String sql) {
        pool.query(sql).execute().await().atMost(PATIENCE);
    }

    /** Entries of the trail, those that still wait to be published too; waits for the first. */
    public List<String> audited(String action, String resource) {
        return Awaitility.await().atMost(PATIENCE).until(() -> entries(action, resource), found -> !found.isEmpty());
    }

    private List<String> entries(String action, String resource) {
        return rows("""
                        select payload from outbox where topic = 'longshore.audit'
                          and event_id not in (select event_id from audit_entry)
                          and payload like '%"action":"' || $1 || '"%' and payload like '%"resource":"' || $2 || '"%'
                        union all
                        select concat_ws(' ', actor, address, token, detail, before, after) from audit_entry
                        where action = $1 and resource = $2""", action, resource).stream().map(row -> row.getString(0)).toList();
    }
}
