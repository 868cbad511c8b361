package dev.longshore.kit.inbox;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Remembers which events had their effect, for effects that are not idempotent by a key of their own. */
@ApplicationScoped
public class Inbox {

    private final Pool pool;

    Inbox(Pool pool) {
        this.pool = pool;
    }

    /** Whether this consumer sees the event for the first time; remembered with the session's transaction. */
    public Uni<Boolean> isNew(Mutiny.Session session, String consumer, UUID eventId) {
        return session.createNativeQuery(
                        "insert into inbox (consumer, event_id) values (:consumer, :id) on conflict do nothing")
                .setParameter("consumer", consumer)
                .setParameter("id", eventId)
                .executeUpdate()
                .map(inserted -> inserted == 1);
    }

    /** No topic keeps an event for longer than 30 days, so none older can come again. */
    @Scheduled(every = "6h", delayed = "10m")
    Uni<Void> forget() {
        return pool.query("delete from inbox where received_at < now() - interval '31 days'")
                .execute()
                .replaceWithVoid();
    }
}
