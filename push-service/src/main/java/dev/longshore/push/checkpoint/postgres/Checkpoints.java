package dev.longshore.push.checkpoint.postgres;

import dev.longshore.kit.event.StoredJson;
import dev.longshore.kit.http.Access;
import dev.longshore.oci.Digest;
import dev.longshore.push.checkpoint.domain.ReadArchive;
import dev.longshore.tasks.GivenUp;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The checkpoints by their id, which is that of their execution. */
@ApplicationScoped
public class Checkpoints {

    private static final String INSERT = """
            insert into checkpoint (id, project, registry, repository, tag, address, source, file, name, state, requested_by)
            values (:id, :project, :registry, nullif(:repository, ''), nullif(:tag, ''), nullif(:address, ''), :source, :file,
                    :name, 'pending', :requestedBy)""";

    /** Until it has ended, its task knows best. */
    private static final String SELECT = """
            select c.*, case when c.state = 'pending' then coalesce(
                (select t.state from task t where t.execution_id = c.id order by t.id desc limit 1), 'pending')
                else c.state end as shown
            from checkpoint c""";

    private static final String NEEDED = """
            select c.file from checkpoint c where c.source = 'upload' and exists (
                select 1 from task t where t.execution_id = c.id and t.state in ('pending', 'running'))""";

    private static final String READ = """
            update checkpoint set state = 'pending', archive = $2, repository = $3, tag = $4, error_code = null, error = null,
                   finished_at = null where id = $1""";

    private final Pool pool;

    Checkpoints(Pool pool) {
        this.pool = pool;
    }

    /** What is asked for. */
    public record New(
            String id,
            String project,
            String registry,
            @Nullable String repository,
            @Nullable String tag,
            @Nullable String address,
            String source,
            String file,
            String name,
            String requestedBy) {}

    public Uni<Void> add(Mutiny.Session session, New checkpoint) {
        return session.createNativeQuery(INSERT)
                .setParameter("id", checkpoint.id())
                .setParameter("project", checkpoint.project())
                .setParameter("registry", checkpoint.registry())
                .setParameter("repository", text(checkpoint.repository()))
                .setParameter("tag", text(checkpoint.tag()))
                .setParameter("address", text(checkpoint.address()))
                .setParameter("source", checkpoint.source())
                .setParameter("file", checkpoint.file())
                .setParameter("name", checkpoint.name())
                .setParameter("requestedBy", checkpoint.requestedBy())
                .executeUpdate()
                .replaceWithVoid();
    }

    /** The archive was read: what it is, and what its image will be called. */
    public Uni<Void> read(String id, ReadArchive archive, String repository, String tag) {
        return pool.preparedQuery(READ)
                .execute(Tuple.of(id, StoredJson.write(archive), repository, tag))
                .replaceWithVoid();
    }

    public Uni<Void> pushed(Mutiny.Session session, String id, Digest digest) {
        return session.createNativeQuery(
                        "update checkpoint set state = 'succeeded', digest = :digest, finished_at = now() where id = :id")
                .setParameter("digest", digest.toString())
                .setParameter("id", id)
                .executeUpdate()
                .replaceWithVoid();
    }

    public Uni<Void> failed(Mutiny.Session session, String id, GivenUp why) {
        return session.createNativeQuery(
                        "update checkpoint set state = 'failed', error_code = :code, error = :error, finished_at = now() where id = :id")
                .setParameter("code", why.code())
                .setParameter("error", why.reason())
                .setParameter("id", id)
                .executeUpdate()
                .replaceWithVoid();
    }

    public Uni<Optional<CheckpointRecord>> find(String id) {
        return pool.preparedQuery(SELECT + " where c.id = $1")
                .execute(Tuple.of(id))
                .map(rows -> stream(rows).map(Checkpoints::toRecord).findFirst());
    }

    /** The newest first, before the id if there is one; one more than the limit, if there are more. */
    public Uni<List<CheckpointRecord>> list(String before, int limit, Access access) {
        return pool.preparedQuery(SELECT + """
                         where ($1 = '' or c.id < $1) and ('*' = any($3) or c.project = any($3))
                        order by c.id desc limit $2""")
                .execute(Tuple.of(before, limit + 1, access.names()))
                .map(rows -> stream(rows).map(Checkpoints::toRecord).toList());
    }

    /** Names of the uploads that a task still wants. */
    public Uni<Set<String>> neededFiles() {
        return pool.query(NEEDED)
                .execute()
                .map(rows -> stream(rows).map(row -> row.getString("file")).collect(Collectors.toSet()));
    }

    public Uni<Void> forget(Duration kept) {
        return pool.preparedQuery(
                        "delete from checkpoint where created_at < now() - make_interval(secs => $1) and state <> 'pending'"
                                + " or created_at < now() - make_interval(secs => 2 * $1)")
                .execute(Tuple.of((double) kept.toSeconds()))
                .replaceWithVoid();
    }

    private static CheckpointRecord toRecord(Row row) {
        return new CheckpointRecord(
                row.getString("id"),
                row.getString("project"),
                row.getString("registry"),
                row.getString("repository"),
                row.getString("tag"),
                row.getString("address"),
                row.getString("source"),
                row.getString("name"),
                row.getString("shown"),
                archive(row.getString("archive")),
                row.getString("digest"),
                row.getString("error_code"),
                row.getString("error"),
                row.getString("requested_by"),
                row.getOffsetDateTime("created_at").toInstant(),
                instant(row.getOffsetDateTime("finished_at")));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static @Nullable ReadArchive archive(@Nullable String json) {
        return json == null ? null : StoredJson.read(json, ReadArchive.class);
    }

    private static Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    private static String text(@Nullable String value) {
        return Optional.ofNullable(value).orElse("");
    }
}
