package dev.longshore.push.postgres;

import dev.longshore.kit.event.StoredJson;
import dev.longshore.push.domain.Heard;
import dev.longshore.registries.ParsedNotifications;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** What was found in each delivery, for people who look at it in the gateway. */
@ApplicationScoped
public class Deliveries {

    /** As long as the gateway keeps the deliveries themselves, and then some. */
    private static final String FORGET = """
            delete from delivery_outcome where received_at < now() - interval '31 days';
            delete from hint where received_at < now() - interval '31 days' and state <> 'pending'""";

    private static final String REJECT = """
            insert into delivery_outcome (delivery, project, registry, received_at, rejected_because,
                                          notifications, skipped, ignored, pulls, unusable)
            values (:delivery, :project, :registry, :receivedAt, :reason, 0, 0, 0, 0, '[]')
            on conflict (delivery) do nothing""";

    private final Pool pool;
    private final Mutiny.SessionFactory sessions;

    Deliveries(Pool pool, Mutiny.SessionFactory sessions) {
        this.pool = pool;
        this.sessions = sessions;
    }

    /** A delivery that is replayed has its last outcome. */
    public Uni<Void> add(Mutiny.Session session, Delivery delivery, ParsedNotifications parsed, Heard heard) {
        var row = new DeliveryOutcomeRow(delivery);
        row.notifications = parsed.notifications().size();
        row.skipped = parsed.skipped();
        row.ignored = heard.ignored();
        row.pulls = heard.pulls().size();
        row.unusable = StoredJson.write(parsed.unusable());
        return session.merge(row).replaceWithVoid();
    }

    /** In a transaction of its own: what led to it is undone. */
    public Uni<Void> reject(Delivery delivery, String reason) {
        return sessions.withTransaction((session, _) -> session.createNativeQuery(REJECT)
                .setParameter("delivery", delivery.id())
                .setParameter("project", delivery.project())
                .setParameter("registry", delivery.registry())
                .setParameter("receivedAt", delivery.receivedAt())
                .setParameter("reason", reason)
                .executeUpdate()
                .replaceWithVoid());
    }

    @Scheduled(every = "6h", delayed = "10m")
    Uni<Void> forget() {
        return pool.query(FORGET).execute().replaceWithVoid();
    }
}
