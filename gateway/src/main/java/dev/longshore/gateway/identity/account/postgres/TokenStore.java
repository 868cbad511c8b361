package dev.longshore.gateway.identity.account.postgres;

import static jakarta.persistence.LockModeType.PESSIMISTIC_WRITE;

import dev.longshore.gateway.access.domain.Grants;
import dev.longshore.gateway.identity.account.domain.ApiToken;
import dev.longshore.gateway.identity.account.domain.Scope;
import dev.longshore.gateway.identity.domain.RolesByProject;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;

/** Tokens by the hash of their secret. */
@ApplicationScoped
public class TokenStore {

    private static final String FIND = """
            select t.id, t.account, t.projects, t.roles, t.paths, t.expires_at, a.roles as account_roles,
                   t.last_used_at is null or t.last_used_at < now() - interval '1 minute' as is_to_be_marked
            from api_token t join service_account a on a.name = t.account
            where t.token_hash = $1 and t.expires_at > now() and not a.is_disabled""";
    /** Many gateways may see it used in the same minute. */
    private static final String MARK = """
            update api_token set last_used_at = now()
            where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')""";

    private final Pool pool;

    TokenStore(Pool pool) {
        this.pool = pool;
    }

    /** A token that is good, with what its account may do of itself. */
    public record Known(
            String id, String account, Scope scope, Grants ofAccount, Instant expiresAt, boolean isToBeMarked) {}

    public Uni<Optional<Known>> find(String hash) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(hash))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .findFirst()
                        .map(TokenStore::known));
    }

    public Uni<Void> markUsed(String id) {
        return pool.preparedQuery(MARK).execute(Tuple.of(id)).replaceWithVoid();
    }

    public Uni<List<Token>> list(Mutiny.Session session, String account, String after, int limit) {
        return session.createQuery("from TokenRow where account = :account and id > :after order by id", TokenRow.class)
                .setParameter("account", account)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList()
                .map(rows -> rows.stream().map(TokenRow::token).toList());
    }

    public Uni<Void> add(Mutiny.Session session, String account, ApiToken secret, Token token) {
        return session.persist(TokenRow.of(account, secret, token));
    }

    public Uni<Optional<TokenRow>> lock(Mutiny.Session session, String account, String id) {
        return session.find(TokenRow.class, id, PESSIMISTIC_WRITE)
                .map(row -> Optional.ofNullable(row).filter(each -> each.account.equals(account)));
    }

    /** An expired one is shown for a month, so that people see why something stopped. */
    @Scheduled(every = "1h", delayed = "5m")
    Uni<Void> forgetExpired() {
        return pool.query("delete from api_token where expires_at < now() - interval '30 days'")
                .execute()
                .replaceWithVoid();
    }

    private static Known known(Row row) {
        var scope = new Scope(
                row.getString("projects").lines().toList(),
                row.getString("roles").lines().toList(),
                row.getString("paths").lines().toList());
        return new Known(
                row.getString("id"),
                row.getString("account"),
                scope,
                RolesByProject.fromLines(row.getString("account_roles")),
                row.getOffsetDateTime("expires_at").toInstant(),
                row.getBoolean("is_to_be_marked"));
    }
}
