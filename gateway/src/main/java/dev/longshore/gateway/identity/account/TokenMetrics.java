package dev.longshore.gateway.identity.account;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** How many tokens end soon: whoever uses them will be locked out. */
@ApplicationScoped
class TokenMetrics {

    private static final String EXPIRING = """
            select count(*) from api_token
            where expires_at between now() and now() + interval '7 days' and last_used_at > now() - interval '7 days'""";

    private final Pool pool;
    private final AtomicLong expiring;

    TokenMetrics(Pool pool, MeterRegistry meters) {
        this.pool = pool;
        this.expiring = Optional.ofNullable(meters.gauge("longshore.tokens.expiring", new AtomicLong()))
                .orElseThrow();
    }

    @Scheduled(every = "1m", delayed = "10s")
    Uni<Void> read() {
        return pool.query(EXPIRING)
                .execute()
                .invoke(rows -> expiring.set(rows.iterator().next().getLong(0)))
                .replaceWithVoid();
    }
}
