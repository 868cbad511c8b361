package dev.longshore.gateway.session.postgres;

import dev.longshore.gateway.session.domain.Backoff.Attempts;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Attempts to sign in that failed, and from where people signed in before. The same for all gateways. */
@ApplicationScoped
public class SignInAttempts {

    private static final String KNOWN = "select username from known_address where address = $1 limit 10000";
    private static final String MAKE = """
            insert into sign_in_attempt (key, failures, last_at, next_at)
            select k, 0, now() - interval '1 year', now() from unnest($1::text[]) k order by k on conflict do nothing""";
    private static final String LOCK = """
            select key, failures, last_at, next_at from sign_in_attempt where key = any($1::text[])
            order by key for update""";
    private static final String WRITE =
            "update sign_in_attempt set failures = $2, last_at = $3, next_at = $4 where key = $1";
    private static final String SUCCEEDED = """
            with forgiven as (delete from sign_in_attempt where key = $3),
                 undone as (update sign_in_attempt set failures = greatest(0, failures - 1), next_at = now()
                            where key = any($4::text[]))
            insert into known_address (address, username, last_at) values ($1, $2, now())
            on conflict (address, username) do update set last_at = now()""";
    private static final String FIND = "select key, failures, last_at, next_at from sign_in_attempt where key = $1";
    private static final String FORGET_ATTEMPTS = "delete from sign_in_attempt where last_at < $1 and next_at < now()";
    private static final String FORGET_ADDRESSES =
            "delete from known_address where last_at < now() - interval '90 days'";

    private final Pool pool;

    SignInAttempts(Pool pool) {
        this.pool = pool;
    }

    /** Who signed in from there before. */
    public Uni<Set<String>> knownAt(String network) {
        return pool.preparedQuery(KNOWN)
                .execute(Tuple.of(network))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString("username"))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * Changes all of these together, while nobody else does.
     *
     * @param change is given what is known of each key; what it leaves out stays as it is
     */
    public Uni<Map<String, Attempts>> change(List<String> keys, UnaryOperator<Map<String, Attempts>> change) {
        var named = Tuple.tuple().addArrayOfString(keys.toArray(String[]::new));
        return pool.withTransaction(connection -> connection
                .preparedQuery(MAKE)
                .execute(named)
                .chain(() -> connection.preparedQuery(LOCK).execute(named))
                .map(rows -> change.apply(StreamSupport.stream(rows.spliterator(), false)
                        .collect(Collectors.toUnmodifiableMap(row -> row.getString("key"), SignInAttempts::attempts))))
                .call(changed -> write(connection, changed)));
    }

    /** What is known of one key. */
    public Uni<Attempts> find(String key) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(key))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .findFirst()
                        .map(SignInAttempts::attempts)
                        .orElse(Attempts.NONE));
    }

    /** Somebody signed in: what they failed at before is forgiven, and from here they are known. */
    public Uni<Void> succeeded(String username, String network, String forgiven, List<String> undone) {
        return pool.preparedQuery(SUCCEEDED)
                .execute(Tuple.of(network, username, forgiven, undone.toArray(String[]::new)))
                .replaceWithVoid();
    }

    @Scheduled(every = "5m", delayed = "1m")
    Uni<Void> forget() {
        var hourAgo = OffsetDateTime.now(ZoneOffset.UTC).minusHours(1);
        return pool.preparedQuery(FORGET_ATTEMPTS)
                .execute(Tuple.of(hourAgo))
                .chain(() -> pool.query(FORGET_ADDRESSES).execute())
                .replaceWithVoid();
    }

    private static Uni<Void> write(SqlConnection connection, Map<String, Attempts> changed) {
        if (changed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var rows = changed.entrySet().stream()
                .map(entry -> Tuple.of(
                        entry.getKey(),
                        entry.getValue().failures(),
                        time(entry.getValue().lastAt()),
                        time(entry.getValue().nextAt())))
                .toList();
        return connection.preparedQuery(WRITE).executeBatch(rows).replaceWithVoid();
    }

    private static Attempts attempts(Row row) {
        return new Attempts(
                row.getInteger("failures"),
                row.getOffsetDateTime("last_at").toInstant(),
                row.getOffsetDateTime("next_at").toInstant());
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
