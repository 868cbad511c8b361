package dev.longshore.gateway.audit.postgres;

import com.fasterxml.uuid.Generators;
import dev.longshore.gateway.audit.domain.Entry;
import dev.longshore.gateway.audit.domain.Outcome;
import dev.longshore.gateway.audit.domain.Refused;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Refusals, counted until their minute is over; then they are entries of the chain. */
@ApplicationScoped
public class RefusedTable {

    private static final String COUNT_TOGETHER = """
            on conflict (window_start, who, operation, status) do update
            set times = audit_refused.times + excluded.times, last_at = greatest(audit_refused.last_at, excluded.last_at)""";
    private static final String ADD = """
            insert into audit_refused (event_id, window_start, who, operation, status, times, project, actor, address, token,
              resource, trace_id, first_at, last_at)
            values ($1, date_bin(make_interval(secs => $14), $12::timestamptz, 'epoch'), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """ + COUNT_TOGETHER;

    private static final String MOVE = """
            with gone as (
              delete from audit_asked where id in (
                select id from audit_asked where answered_at is not null and status between 400 and 499
                order by asked_at limit 500 for update skip locked)
              returning *)
            insert into audit_refused (event_id, window_start, who, operation, status, times, project, actor, address, token,
              resource, trace_id, first_at, last_at)
            select (array_agg(id order by asked_at))[1], date_bin(make_interval(secs => $1), asked_at, 'epoch'), actor, operation, status, count(*),
              (array_agg(project order by asked_at))[1], actor, (array_agg(address order by asked_at))[1],
              (array_agg(token order by asked_at))[1], (array_agg(resource order by asked_at))[1],
              (array_agg(trace_id order by asked_at))[1], min(asked_at), max(asked_at)
            from gone group by date_bin(make_interval(secs => $1), asked_at, 'epoch'), actor, operation, status
            """ + COUNT_TOGETHER;

    private static final String NEXT = """
            select cast(event_id as text), to_char(first_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
              project, actor, address, token, operation, resource, trace_id, status, times,
              to_char(last_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
            from audit_refused where window_start < now() - make_interval(secs => :seconds)
            order by first_at limit 500 for update skip locked""";

    private static final String FORGET = "delete from audit_refused where event_id = any(:ids)";

    private static final double LATE_SECONDS = 3;

    private final Pool pool;
    private final RowsToChain rows;

    RefusedTable(Pool pool, RowsToChain rows) {
        this.pool = pool;
        this.rows = rows;
    }

    /** @param window those of one are counted together */
    public Uni<Void> add(List<Refused> refusals, Duration window) {
        return pool.preparedQuery(ADD)
                .executeBatch(refusals.stream()
                        .map(refused -> values(refused).addDouble(seconds(window)))
                        .toList())
                .replaceWithVoid();
    }

    /** Counts operations that were asked for and refused among the refusals. */
    public Uni<Void> moveAsked(Duration window) {
        return pool.preparedQuery(MOVE).execute(Tuple.of(seconds(window))).replaceWithVoid();
    }

    /** Makes entries of those whose window is over, and a moment for what came late. Emits how many. */
    public Uni<Integer> chainNext(Duration window) {
        return rows.moveSeen(NEXT, seconds(window) + LATE_SECONDS, RefusedTable::entry, FORGET);
    }

    private static double seconds(Duration window) {
        return window.toMillis() / 1000.0;
    }

    private static Tuple values(Refused refused) {
        var key = refused.key();
        return Tuple.tuple()
                .addUUID(Generators.timeBasedEpochGenerator().generate())
                .addString(key.who())
                .addString(key.operation())
                .addInteger(key.status())
                .addLong(refused.times())
                .addString(refused.project())
                .addString(refused.actor())
                .addString(refused.address())
                .addString(refused.token())
                .addString(refused.resource())
                .addString(refused.traceId())
                .addOffsetDateTime(refused.at().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
                .addOffsetDateTime(
                        refused.lastAt().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
    }

    private static Entry entry(Object[] row) {
        var times = ((Number) row[10]).longValue();
        var detail = Outcome.detail((String) row[6], ((Number) row[9]).intValue());
        return RowsToChain.seen(
                row, "refused", times == 1 ? detail : "%s, %d times until %s".formatted(detail, times, row[11]));
    }
}
