package dev.longshore.kit.change;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The freezes that stand, as this service's database knows them. Asked before every request that changes a registry;
 * the answer is at most half a second old, and no answer means no change.
 */
@ApplicationScoped
public class Freezes {

    private static final Duration FRESH = Duration.ofMillis(500);

    private final Pool pool;
    private volatile long askedAt = System.nanoTime() - FRESH.toNanos();
    private volatile Map<String, String> reasons = Map.of();

    Freezes(Pool pool) {
        this.pool = pool;
    }

    /** Fails with {@link FrozenException} if the installation, the project or the registry is frozen. */
    public Uni<Void> check(String registry, String project) {
        return current()
                .invoke(frozen -> Stream.of("installation", "project:" + project, "registry:" + registry)
                        .filter(frozen::containsKey)
                        .findFirst()
                        .ifPresent(scope -> {
                            throw new FrozenException(scope, frozen.getOrDefault(scope, ""));
                        }))
                .replaceWithVoid();
    }

    /** Called by the projection of {@code longshore.config}. */
    public Uni<Void> set(Mutiny.Session session, String scope, String reason) {
        return session.createNativeQuery(
                        "insert into freeze_in_force (scope, reason) values (:scope, :reason) on conflict (scope) do update set reason = excluded.reason")
                .setParameter("scope", scope)
                .setParameter("reason", reason)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Called by the projection of {@code longshore.config}. */
    public Uni<Void> lift(Mutiny.Session session, String scope) {
        return session.createNativeQuery("delete from freeze_in_force where scope = :scope")
                .setParameter("scope", scope)
                .executeUpdate()
                .replaceWithVoid();
    }

    private Uni<Map<String, String>> current() {
        if (System.nanoTime() - askedAt < FRESH.toNanos()) {
            return Uni.createFrom().item(reasons);
        }
        var now = System.nanoTime();
        return pool.query("select scope, reason from freeze_in_force").execute().map(rows -> {
            var found = new HashMap<String, String>();
            rows.forEach(row -> found.put(row.getString("scope"), row.getString("reason")));
            reasons = Map.copyOf(found);
            askedAt = now;
            return reasons;
        });
    }
}
