package dev.longshore.replication.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** When each rule with a schedule runs next: rows, so that any number of replicas run each once. */
@ApplicationScoped
public class Schedules {

    public record Due(String rule, String schedule) {}

    /** Keeps the time of the next run unless the schedule is another. */
    public Uni<Void> put(Mutiny.Session session, String rule, String schedule, Instant next) {
        return session.createNativeQuery("""
                        insert into rule_schedule (rule, schedule, next_at) values (:rule, :schedule, :next)
                        on conflict (rule) do update set schedule = excluded.schedule, next_at = excluded.next_at
                        where rule_schedule.schedule <> excluded.schedule""")
                .setParameter("rule", rule)
                .setParameter("schedule", schedule)
                .setParameter("next", next)
                .executeUpdate()
                .replaceWithVoid();
    }

    public Uni<Void> remove(Mutiny.Session session, String rule) {
        return session.createNativeQuery("delete from rule_schedule where rule = :rule")
                .setParameter("rule", rule)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Those whose time has come, held until the session's transaction ends. */
    public Uni<List<Due>> claim(Mutiny.Session session, int limit) {
        return session.createNativeQuery("""
                        select rule, schedule from rule_schedule where next_at <= now()
                        order by next_at limit :limit for update skip locked""", Tuple.class)
                .setParameter("limit", limit)
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> new Due(row.get("rule", String.class), row.get("schedule", String.class)))
                        .toList());
    }

    public Uni<Void> runNext(Mutiny.Session session, String rule, Instant next) {
        return session.createNativeQuery("update rule_schedule set next_at = :next where rule = :rule")
                .setParameter("rule", rule)
                .setParameter("next", next)
                .executeUpdate()
                .replaceWithVoid();
    }
}
