package dev.longshore.gateway.audit.postgres;

import dev.longshore.gateway.audit.domain.Entry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Entries from before there was a chain, until they are in it. */
@ApplicationScoped
public class UnchainedEntries {

    private static final String NEXT = """
            select number, cast(event_id as text), to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
              project, service, actor, address, token, action, resource, result, detail, before, after, trace_id
            from audit_before_chain order by number limit 500 for update skip locked""";

    private final RowsToChain rows;

    UnchainedEntries(RowsToChain rows) {
        this.rows = rows;
    }

    /** Emits how many there were: 0 once all are chained. */
    public Uni<Integer> chainNext() {
        return rows.move(
                session -> session.createNativeQuery(NEXT, Object[].class).getResultList(),
                UnchainedEntries::entry,
                UnchainedEntries::forget);
    }

    private static Uni<Integer> forget(Mutiny.Session session, List<Object[]> rows) {
        return session.createNativeQuery("delete from audit_before_chain where number between :first and :last")
                .setParameter("first", rows.getFirst()[0])
                .setParameter("last", rows.getLast()[0])
                .executeUpdate();
    }

    private static Entry entry(Object[] row) {
        return new Entry(
                UUID.fromString(text(row, 1)),
                Instant.parse(text(row, 2)),
                text(row, 3),
                text(row, 4),
                text(row, 5),
                textOrNull(row, 6),
                textOrNull(row, 7),
                text(row, 8),
                text(row, 9),
                text(row, 10),
                textOrNull(row, 11),
                textOrNull(row, 12),
                textOrNull(row, 13),
                textOrNull(row, 14));
    }

    private static String text(Object[] row, int column) {
        return String.valueOf(row[column]);
    }

    private static @Nullable String textOrNull(Object[] row, int column) {
        return row[column] == null ? null : String.valueOf(row[column]);
    }
}
