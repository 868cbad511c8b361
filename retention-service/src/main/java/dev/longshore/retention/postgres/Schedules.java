package dev.longshore.retention.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** When each policy with a schedule runs next: rows, so that any number of replicas run each once. */
@ApplicationScoped
public class Schedules {

    public record Due(String policy, String schedule) {}

    /** Keeps the time of the next run unless the schedule is another. */
    public Uni<Void> put(Mutiny.Session session, String policy, String schedule, Instant next) {
        return session.createNativeQuery("""
                        insert into policy_schedule (policy, schedule, next_at) values (:policy, :schedule, :next)
                        on conflict (policy) do update set schedule = excluded.schedule, next_at = excluded.next_at
                        where policy_schedule.schedule <> excluded.schedule""")
                .setParameter("policy", policy)
                .setParameter("schedule", schedule)
                .setParameter("next", next)
                .executeUpdate()
                .replaceWithVoid();
    }

    public Uni<Void> remove(Mutiny.Session session, String policy) {
        return session.createNativeQuery("delete from policy_schedule where policy = :policy")
                .setParameter("policy", policy)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Those whose time has come, held until the session's transaction ends. */
    public Uni<List<Due>> claim(Mutiny.Session session, int limit) {
        return session.createNativeQuery("""
                        select policy, schedule from policy_schedule where next_at <= now()
                        order by next_at limit :limit for update skip locked""", Tuple.class)
                .setParameter("limit", limit)
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> new Due(row.get("policy", String.class), row.get("schedule", String.class)))
                        .toList());
    }

    public Uni<Void> runNext(Mutiny.Session session, String policy, Instant next) {
        return session.createNativeQuery("update policy_schedule set next_at = :next where policy = :policy")
                .setParameter("policy", policy)
                .setParameter("next", next)
                .executeUpdate()
                .replaceWithVoid();
    }
}
