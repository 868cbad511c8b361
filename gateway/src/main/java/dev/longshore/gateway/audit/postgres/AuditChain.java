package dev.longshore.gateway.audit.postgres;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.longshore.gateway.audit.domain.Entry;
import dev.longshore.gateway.audit.domain.Hash;
import dev.longshore.gateway.audit.domain.Link;
import dev.longshore.gateway.audit.domain.Seal;
import dev.longshore.gateway.audit.key.AuditKey;
import dev.longshore.kit.event.StoredJson;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Appends to the chain. Whoever appends holds a lock until the commit, so that each entry knows the one before it; and
 * takes many at a time, so that this is no bottleneck.
 */
@ApplicationScoped
public class AuditChain {

    private static final String LOCK = "select 1 from pg_advisory_xact_lock(hashtextextended('audit-chain', 0))";
    private static final String HEAD = "select number, hash from audit_entry order by number desc limit 1";
    private static final String KNOWN = """
            select cast(event_id as text) from audit_entry
            where event_id in (select cast(id as uuid) from jsonb_array_elements_text(cast(cast(:ids as text) as jsonb)) id)""";
    private static final String APPEND = """
            insert into audit_entry (number, event_id, occurred_at, project, service, actor, address, token, action, resource,
              result, detail, before, after, trace_id, previous_hash, hash, mac)
            select * from jsonb_to_recordset(cast(cast(:rows as text) as jsonb)) as (number bigint, event_id uuid, occurred_at timestamptz,
              project text, service text, actor text, address text, token text, action text, resource text,
              result text, detail text, before text, after text, trace_id text, previous_hash text, hash text, mac text)""";
    private static final String READ = "select * from audit_entry where number > $1 order by number limit $2";

    private final Pool pool;
    private final AuditKey key;

    AuditChain(Pool pool, AuditKey key) {
        this.pool = pool;
        this.key = key;
    }

    /** The end of the chain: how many entries, and the hash of the last. */
    public record Head(long number, Hash hash) {

        static final Head NONE = new Head(0, Seal.NOTHING);
    }

    /** Appends those that are not in the chain yet, in this order, in the session's transaction. Emits how many. */
    public Uni<Integer> append(Mutiny.Session session, List<Entry> entries) {
        return session.createNativeQuery(LOCK, Integer.class)
                .getSingleResult()
                .chain(() -> known(session, entries))
                .map(known -> without(entries, known))
                .chain(fresh -> fresh.isEmpty() ? Uni.createFrom().item(0) : appendFresh(session, fresh));
    }

    public Uni<Head> head() {
        return pool.query(HEAD)
                .execute()
                .map(rows -> rows.size() == 0 ? Head.NONE : head(rows.iterator().next()));
    }

    /** Entries in the order of the chain, behind the one of this number. */
    public Uni<List<Link>> read(long after, int limit) {
        return pool.preparedQuery(READ)
                .execute(Tuple.of(after, limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(AuditChain::link)
                        .toList());
    }

    private Uni<Integer> appendFresh(Mutiny.Session session, List<Entry> fresh) {
        return session.createNativeQuery(HEAD, Object[].class)
                .getSingleResultOrNull()
                .map(found -> found == null
                        ? Head.NONE
                        : new Head(((Number) found[0]).longValue(), Hash.parse(String.valueOf(found[1]))))
                .map(head -> links(head, fresh))
                .chain(rows -> session.createNativeQuery(APPEND)
                        .setParameter("rows", StoredJson.write(rows))
                        .executeUpdate());
    }

    private List<Stored> links(Head head, List<Entry> fresh) {
        var seal = key.seal();
        var rows = new ArrayList<Stored>();
        var number = head.number();
        var previous = head.hash();
        for (var entry : fresh) {
            var link = seal.link(++number, previous, entry);
            rows.add(Stored.of(link));
            previous = link.hash();
        }
        return rows;
    }

    private static Uni<Set<String>> known(Mutiny.Session session, List<Entry> entries) {
        var ids = StoredJson.write(
                entries.stream().map(entry -> entry.eventId().toString()).toList());
        return session.createNativeQuery(KNOWN, String.class)
                .setParameter("ids", ids)
                .getResultList()
                .map(HashSet::new);
    }

    private static List<Entry> without(List<Entry> entries, Set<String> known) {
        var seen = new HashSet<>(known);
        return entries.stream()
                .filter(entry -> seen.add(entry.eventId().toString()))
                .toList();
    }

    private static Head head(Row row) {
        return new Head(row.getLong("number"), Hash.parse(row.getString("hash")));
    }

    private static Link link(Row row) {
        var entry = new Entry(
                row.getUUID("event_id"),
                row.getOffsetDateTime("occurred_at").toInstant(),
                row.getString("project"),
                row.getString("service"),
                row.getString("actor"),
                row.getString("address"),
                row.getString("token"),
                row.getString("action"),
                row.getString("resource"),
                row.getString("result"),
                row.getString("detail"),
                row.getString("before"),
                row.getString("after"),
                row.getString("trace_id"));
        return new Link(
                row.getLong("number"),
                entry,
                hash(row.getString("previous_hash")),
                hash(row.getString("hash")),
                hash(row.getString("mac")));
    }

    /** Whoever altered the row may have left anything there: then it is no hash of anything. */
    private static Hash hash(String stored) {
        try {
            return Hash.parse(stored);
        } catch (IllegalArgumentException _) {
            return Seal.NOTHING;
        }
    }

    /** A row, with the names of its columns. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Stored(
            long number,
            UUID eventId,
            String occurredAt,
            String project,
            String service,
            String actor,
            @Nullable String address,
            @Nullable String token,
            String action,
            String resource,
            String result,
            @Nullable String detail,
            @Nullable String before,
            @Nullable String after,
            @Nullable String traceId,
            String previousHash,
            String hash,
            String mac) {

        static Stored of(Link link) {
            var entry = link.entry();
            return new Stored(
                    link.number(),
                    entry.eventId(),
                    entry.occurredAt().toString(),
                    entry.project(),
                    entry.service(),
                    entry.actor(),
                    entry.address(),
                    entry.token(),
                    entry.action(),
                    entry.resource(),
                    entry.result(),
                    entry.detail(),
                    entry.before(),
                    entry.after(),
                    entry.traceId(),
                    link.previous().toString(),
                    link.hash().toString(),
                    link.mac().toString());
        }
    }
}
