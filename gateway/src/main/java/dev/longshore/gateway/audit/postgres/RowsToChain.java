package dev.longshore.gateway.audit.postgres;

import dev.longshore.gateway.audit.domain.Entry;
import dev.longshore.gateway.audit.domain.Outcome;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Makes entries of the chain of rows that wait for it: they are in the one and gone from the other in one transaction. */
@ApplicationScoped
class RowsToChain {

    private final Mutiny.SessionFactory sessions;
    private final AuditChain chain;

    RowsToChain(Mutiny.SessionFactory sessions, AuditChain chain) {
        this.sessions = sessions;
        this.chain = chain;
    }

    /** Emits how many there were. */
    Uni<Integer> move(
            Function<Mutiny.Session, Uni<List<Object[]>>> next,
            Function<Object[], Entry> entry,
            BiFunction<Mutiny.Session, List<Object[]>, Uni<Integer>> forget) {
        return sessions.withTransaction((session, _) -> next.apply(session)
                .chain(rows -> rows.isEmpty()
                        ? Uni.createFrom().item(0)
                        : chain.append(session, rows.stream().map(entry).toList())
                                .chain(() -> forget.apply(session, rows))
                                .replaceWith(rows.size())));
    }

    /**
     * As {@link #move}, of what the door saw: rows whose columns begin with id, time, project, actor, address, token,
     * operation, resource and trace.
     *
     * @param select has a parameter {@code seconds}
     * @param delete has a parameter {@code ids}
     */
    Uni<Integer> moveSeen(String select, double seconds, Function<Object[], Entry> entry, String delete) {
        return move(
                session -> session.createNativeQuery(select, Object[].class)
                        .setParameter("seconds", seconds)
                        .getResultList(),
                entry,
                (session, rows) -> session.createNativeQuery(delete)
                        .setParameter("ids", rows.stream().map(RowsToChain::id).toArray(UUID[]::new))
                        .executeUpdate());
    }

    /** Of one of those rows. */
    static Entry seen(Object[] row, String result, @Nullable String detail) {
        return new Entry(
                id(row),
                Instant.parse((String) row[1]),
                (String) row[2],
                "gateway",
                (String) row[3],
                (String) row[4],
                (String) row[5],
                Outcome.action((String) row[6]),
                (String) row[7],
                result,
                detail,
                null,
                null,
                (String) row[8]);
    }

    private static UUID id(Object[] row) {
        return UUID.fromString((String) row[0]);
    }
}
