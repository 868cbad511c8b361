package dev.longshore.gateway.session.postgres;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.gateway.identity.domain.Identity.Kind;
import dev.longshore.gateway.session.domain.SessionToken;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;

/** Sessions by the hash of their token, and accounts by their name. */
@ApplicationScoped
public class SessionStore {

    private static final String ACCOUNT =
            "select username, password_hash, role, is_disabled, member_of from account where username = $1";
    private static final String SESSION = """
            select s.id, s.username, a.role, a.member_of, s.expires_at
            from session s join account a on a.username = s.username
            where s.token_hash = $1 and s.expires_at > now() and not a.is_disabled""";
    private static final String LIST = """
            select id, username, address, proof, opened_at, expires_at from session
            where expires_at > now() and ($1::text is null or username = $1) and id > $2 order by id limit $3""";
    private static final String ADD = """
            insert into account (username, password_hash, role, email, updated_by)
            values (:username, :hash, nullif(:role, ''), nullif(:email, ''), :by) on conflict (username) do nothing""";
    private static final String OPEN = """
            insert into session (token_hash, id, username, project, address, proof, opened_at, expires_at)
            values (:hash, :id, :username, :project, :address, :proof, now(), :expiresAt)""";

    private final Pool pool;

    SessionStore(Pool pool) {
        this.pool = pool;
    }

    public Uni<Optional<Account>> account(String username) {
        return pool.preparedQuery(ACCOUNT)
                .execute(Tuple.of(username))
                .map(rows -> first(rows)
                        .map(row -> new Account(
                                row.getString("username"),
                                row.getString("password_hash"),
                                row.getString("role"),
                                row.getBoolean("is_disabled"),
                                groups(row))));
    }

    public Uni<Optional<Identity>> session(String tokenHash) {
        return pool.preparedQuery(SESSION)
                .execute(Tuple.of(tokenHash))
                .map(rows -> first(rows).map(SessionStore::session));
    }

    /** Oldest first. */
    public Uni<List<OpenSession>> list(Optional<String> user, String after, int limit) {
        return pool.preparedQuery(LIST)
                .execute(Tuple.of(user.orElse(null), after, limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(SessionStore::open)
                        .toList());
    }

    public Uni<Optional<OpenSession>> find(String id) {
        return pool.preparedQuery(
                        "select id, username, address, proof, opened_at, expires_at from session where id = $1")
                .execute(Tuple.of(id))
                .map(rows -> first(rows).map(SessionStore::open));
    }

    /** Emits false if there is one of this name. */
    public Uni<Boolean> add(Mutiny.Session transaction, Account account, Optional<String> email, String by) {
        return transaction
                .createNativeQuery(ADD)
                .setParameter("username", account.username())
                .setParameter("hash", account.hash().orElseThrow())
                .setParameter("role", Optional.ofNullable(account.role()).orElse(""))
                .setParameter("email", email.orElse(""))
                .setParameter("by", by)
                .executeUpdate()
                .map(added -> added == 1);
    }

    public Uni<Void> open(
            Mutiny.Session transaction, SessionToken token, Identity session, String address, String proof) {
        return transaction
                .createNativeQuery(OPEN)
                .setParameter("hash", token.hash())
                .setParameter("id", session.id())
                .setParameter("username", session.name())
                .setParameter("project", session.project())
                .setParameter("address", address)
                .setParameter("proof", proof)
                .setParameter("expiresAt", session.expiresAt())
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Emits whether it was there. */
    public Uni<Boolean> end(Mutiny.Session transaction, String id) {
        return transaction
                .createNativeQuery("delete from session where id = :id")
                .setParameter("id", id)
                .executeUpdate()
                .map(ended -> ended == 1);
    }

    /** @param but the one that goes on; empty for none */
    public Uni<Void> endAll(Mutiny.Session transaction, String username, String but) {
        return transaction
                .createNativeQuery("delete from session where username = :username and id <> :but")
                .setParameter("username", username)
                .setParameter("but", but)
                .executeUpdate()
                .replaceWithVoid();
    }

    @Scheduled(every = "1h", delayed = "5m")
    Uni<Void> forgetExpired() {
        return pool.query("delete from session where expires_at < now()")
                .execute()
                .replaceWithVoid();
    }

    private static Identity session(Row row) {
        return new Identity(
                row.getString("id"),
                Kind.USER,
                row.getString("username"),
                Account.grants(row.getString("role")),
                List.of(),
                row.getOffsetDateTime("expires_at").toInstant(),
                groups(row));
    }

    private static OpenSession open(Row row) {
        return new OpenSession(
                row.getString("id"),
                row.getString("username"),
                row.getString("address"),
                row.getString("proof"),
                row.getOffsetDateTime("opened_at").toInstant(),
                row.getOffsetDateTime("expires_at").toInstant());
    }

    private static Set<String> groups(Row row) {
        return row.getString("member_of").lines().collect(toUnmodifiableSet());
    }

    private static Optional<Row> first(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).findFirst();
    }
}
