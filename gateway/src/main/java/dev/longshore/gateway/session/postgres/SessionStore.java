package dev.longshore.gateway.session.postgres;

import dev.longshore.gateway.access.domain.Grants;
import dev.longshore.gateway.access.domain.Role;
import dev.longshore.gateway.identity.domain.Identity.Kind;
import dev.longshore.gateway.identity.domain.Identity;
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
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;

/** Sessions by the hash of their token, and accounts by their name. */
@ApplicationScoped
public class SessionStore {

    private static final String ACCOUNT = "select username, password_hash, role from account where username = $1";
    private static final String SESSION = """
            select s.id, s.username, a.role, s.project, s.expires_at
            from session s join account a on a.username = s.username
            where s.token_hash = $1 and s.expires_at > now()""";
    private static final String ADD = """
            insert into account (username, password_hash, role, email) values (:username, :hash, :role, nullif(:email, ''))
            on conflict (username) do nothing""";
    private static final String OPEN = """
            insert into session (token_hash, id, username, project, address, opened_at, expires_at)
            values (:hash, :id, :username, :project, :address, now(), :expiresAt)""";

    private final Pool pool;

    SessionStore(Pool pool) {
        this.pool = pool;
    }

    public Uni<Optional<Account>> account(String username) {
        return pool.preparedQuery(ACCOUNT)
                .execute(Tuple.of(username))
                .map(rows -> first(rows)
                        .map(row -> new Account(
                                row.getString("username"), row.getString("password_hash"), row.getString("role"))));
    }

    public Uni<Optional<Identity>> session(String tokenHash) {
        return pool.preparedQuery(SESSION)
                .execute(Tuple.of(tokenHash))
                .map(rows -> first(rows).map(SessionStore::session));
    }

    /** Emits false if there is one of this name. */
    public Uni<Boolean> add(Mutiny.Session transaction, Account account, Optional<String> email) {
        return transaction
                .createNativeQuery(ADD)
                .setParameter("username", account.username())
                .setParameter("hash", account.passwordHash())
                .setParameter("role", account.role())
                .setParameter("email", email.orElse(""))
                .executeUpdate()
                .map(added -> added == 1);
    }

    public Uni<Void> open(Mutiny.Session transaction, SessionToken token, Identity session, String address) {
        return transaction
                .createNativeQuery(OPEN)
                .setParameter("hash", token.hash())
                .setParameter("id", session.id())
                .setParameter("username", session.name())
                .setParameter("project", session.project())
                .setParameter("address", address)
                .setParameter("expiresAt", session.expiresAt())
                .executeUpdate()
                .replaceWithVoid();
    }

    public Uni<Void> end(Mutiny.Session transaction, String id) {
        return transaction
                .createNativeQuery("delete from session where id = :id")
                .setParameter("id", id)
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
                Role.of(row.getString("role")).map(Grants::whole).orElse(Grants.NONE),
                List.of(),
                row.getOffsetDateTime("expires_at").toInstant());
    }

    private static Optional<Row> first(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).findFirst();
    }
}
