package dev.longshore.scan.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** What came of scans. */
@ApplicationScoped
public class Scans {

    private static final String REQUEST = """
            insert into scan (digest, project, requested_at) values (:digest, :project, :now)
            on conflict (digest) do nothing""";
    private static final String DATABASE_SEEN = """
            insert into vulnerability_database (scanner, updated_at, seen_at) values (:scanner, :updatedAt, :now)
            on conflict (scanner) do update set updated_at = excluded.updated_at, seen_at = excluded.seen_at
            where vulnerability_database.updated_at < excluded.updated_at""";
    private static final String NOT_UNDER_WAY = """

            and not exists (select 1 from task t where t.kind = 'scan' and t.natural_key = s.digest
                and t.state in ('pending', 'running'))""";
    private static final String OUTDATED = """
            select distinct s.digest, s.project from scan s join decision d on d.digest = s.digest
            join vulnerability_database v on v.scanner = s.scanner
            where s.scanned_at is not null and s.database_updated_at < v.updated_at
            and s.scanned_at + make_interval(secs => cast(
                case when d.policies = '[]' then cast(:every as bigint) else d.rescan_every_seconds end
                as double precision)) <= :now""" + NOT_UNDER_WAY + " limit :limit";
    private static final String ABANDONED = """
            select s.digest, s.project from scan s where s.failure_code is not null and s.failed_at < :before
            and exists (select 1 from manifest m where m.digest = s.digest)""" + NOT_UNDER_WAY + " limit :limit";

    /** A digest to be scanned. */
    public record Due(String digest, String project) {}

    /** Since when a database is known that is newer than those before it. */
    public record Database(Instant updatedAt, Instant seenAt) {}

    /** Emits false if it was asked for before. */
    public Uni<Boolean> request(Mutiny.Session session, String digest, String project, Instant now) {
        return session.createNativeQuery(REQUEST)
                .setParameter("digest", digest)
                .setParameter("project", project)
                .setParameter("now", now)
                .executeUpdate()
                .map(inserted -> inserted == 1);
    }

    public Uni<Void> belongsTo(Mutiny.Session session, String digest, String execution) {
        return session.createNativeQuery("update scan set execution = :execution where digest = :digest")
                .setParameter("execution", execution)
                .setParameter("digest", digest)
                .executeUpdate()
                .replaceWithVoid();
    }

    public Uni<Optional<ScanState>> find(Mutiny.Session session, String digest) {
        return session.find(ScanRow.class, digest)
                .map(found -> Optional.ofNullable(found).map(ScanRow::state));
    }

    /** By digest. */
    public Uni<Map<String, ScanState>> find(Mutiny.Session session, Collection<String> digests) {
        if (digests.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return session.createSelectionQuery("from ScanRow s where s.digest in :digests", ScanRow.class)
                .setParameter("digests", digests)
                .getResultList()
                .map(rows -> rows.stream()
                        .map(ScanRow::state)
                        .collect(Collectors.toMap(ScanState::digest, Function.identity())));
    }

    public Uni<Void> succeeded(
            Mutiny.Session session,
            String digest,
            String scanner,
            String scannerVersion,
            Instant databaseUpdatedAt,
            Instant at) {
        return session.createNativeQuery("""
                        update scan set scanner = :scanner, scanner_version = :version, database_updated_at = :database,
                            scanned_at = :at, failure_code = null, failure_reason = null, failed_at = null
                        where digest = :digest""")
                .setParameter("scanner", scanner)
                .setParameter("version", scannerVersion)
                .setParameter("database", databaseUpdatedAt)
                .setParameter("at", at)
                .setParameter("digest", digest)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Emits whether it is another failure than the one before, if there was one. */
    public Uni<Boolean> failed(Mutiny.Session session, String digest, String code, String reason, Instant at) {
        return session.createNativeQuery("""
                        update scan set failed_at = :at where digest = :digest and failure_code = :code""")
                .setParameter("at", at)
                .setParameter("digest", digest)
                .setParameter("code", code)
                .executeUpdate()
                .chain(same ->
                        same == 1 ? Uni.createFrom().item(false) : failedAnew(session, digest, code, reason, at));
    }

    private static Uni<Boolean> failedAnew(
            Mutiny.Session session, String digest, String code, String reason, Instant at) {
        return session.createNativeQuery("""
                        update scan set failure_code = :code, failure_reason = :reason, failed_at = :at
                        where digest = :digest""")
                .setParameter("code", code)
                .setParameter("reason", reason)
                .setParameter("at", at)
                .setParameter("digest", digest)
                .executeUpdate()
                .replaceWith(true);
    }

    /** Emits whether the database is newer than any seen before. */
    public Uni<Boolean> databaseSeen(Mutiny.Session session, String scanner, Instant updatedAt, Instant now) {
        return session.createNativeQuery(DATABASE_SEEN)
                .setParameter("scanner", scanner)
                .setParameter("updatedAt", updatedAt)
                .setParameter("now", now)
                .executeUpdate()
                .map(changed -> changed == 1);
    }

    public Uni<Optional<Database>> newestDatabase(Mutiny.Session session, String scanner) {
        return session.createNativeQuery(
                        "select updated_at, seen_at from vulnerability_database where scanner = :scanner",
                        Object[].class)
                .setParameter("scanner", scanner)
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> new Database(instant(row[0]), instant(row[1])))
                        .findFirst());
    }

    /** Whose findings were matched with an older database, for as long as their policies (or, without, the default) allow. */
    public Uni<List<Due>> outdated(Mutiny.Session session, Instant now, Duration withoutPolicy, int limit) {
        return session.createNativeQuery(OUTDATED, Object[].class)
                .setParameter("every", withoutPolicy.toSeconds())
                .setParameter("now", now)
                .setParameter("limit", limit)
                .getResultList()
                .map(Scans::due);
    }

    /** That failed for so long that their tasks gave up. */
    public Uni<List<Due>> abandoned(Mutiny.Session session, Instant before, int limit) {
        return session.createNativeQuery(ABANDONED, Object[].class)
                .setParameter("before", before)
                .setParameter("limit", limit)
                .getResultList()
                .map(Scans::due);
    }

    /** Forgets what no repository has had for a while. */
    public Uni<Integer> removeOrphans(Mutiny.Session session, Instant now, Duration after) {
        return session.createNativeQuery("""
                        update scan set removed_at = case
                            when exists (select 1 from manifest m where m.digest = scan.digest) then null
                            else cast(:now as timestamptz) end
                        where (removed_at is null) <> exists (select 1 from manifest m where m.digest = scan.digest)""")
                .setParameter("now", now)
                .executeUpdate()
                .chain(() -> session.createNativeQuery("delete from scan where removed_at < :before")
                        .setParameter("before", now.minus(after))
                        .executeUpdate());
    }

    private static List<Due> due(List<Object[]> rows) {
        return rows.stream()
                .map(row -> new Due((String) row[0], (String) row[1]))
                .toList();
    }

    private static Instant instant(@Nullable Object value) {
        return switch (value) {
            case Instant instant -> instant;
            case OffsetDateTime time -> time.toInstant();
            case null, default -> throw new IllegalStateException("Not a time: " + value);
        };
    }
}
