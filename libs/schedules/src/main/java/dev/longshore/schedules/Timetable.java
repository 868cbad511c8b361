package dev.longshore.schedules;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/**
 * When each thing with a schedule is due next: rows of the service's table {@code timetable}, so that any number of
 * replicas run each once. A time that was missed is made up for once.
 */
@ApplicationScoped
public class Timetable {

    private static final Logger LOG = Logger.getLogger(Timetable.class);
    private static final int AT_ONCE = 50;

    private final Mutiny.SessionFactory sessions;
    private final Clock clock = Clock.systemUTC();

    Timetable(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    private record Due(String name, String schedule) {}

    /** From now on the thing of this name runs by the schedule, or by none. The same schedule again changes nothing. */
    public Uni<Void> set(Mutiny.Session session, String name, Optional<String> schedule) {
        var next = schedule.flatMap(text -> next(name, text));
        return next.isPresent() ? put(session, name, schedule.orElseThrow(), next.get()) : remove(session, name);
    }

    public Uni<Void> remove(Mutiny.Session session, String name) {
        return session.createNativeQuery("delete from timetable where name = :name")
                .setParameter("name", name)
                .executeUpdate()
                .replaceWithVoid();
    }

    /**
     * Starts what is due.
     *
     * @param start is given the name, and the session in whose transaction the next time is set too
     */
    public Uni<Void> runDue(BiFunction<Mutiny.Session, String, Uni<Void>> start) {
        return sessions.withTransaction((session, _) -> claim(session)
                .chain(due -> Multi.createFrom()
                        .iterable(due)
                        .onItem()
                        .transformToUniAndConcatenate(
                                each -> moveOn(session, each).chain(() -> start.apply(session, each.name())))
                        .collect()
                        .last()
                        .replaceWithVoid()));
    }

    /** Held until the session's transaction ends. */
    private static Uni<List<Due>> claim(Mutiny.Session session) {
        return session.createNativeQuery("""
                        select name, schedule from timetable where next_at <= now()
                        order by next_at limit :limit for update skip locked""", Tuple.class)
                .setParameter("limit", AT_ONCE)
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> new Due(row.get("name", String.class), row.get("schedule", String.class)))
                        .toList());
    }

    private Uni<Void> moveOn(Mutiny.Session session, Due due) {
        return next(due.name(), due.schedule())
                .map(next -> session.createNativeQuery("update timetable set next_at = :next where name = :name")
                        .setParameter("name", due.name())
                        .setParameter("next", next)
                        .executeUpdate()
                        .replaceWithVoid())
                .orElseGet(() -> remove(session, due.name()));
    }

    private static Uni<Void> put(Mutiny.Session session, String name, String schedule, Instant next) {
        return session.createNativeQuery("""
                        insert into timetable (name, schedule, next_at) values (:name, :schedule, :next)
                        on conflict (name) do update set schedule = excluded.schedule, next_at = excluded.next_at
                        where timetable.schedule <> excluded.schedule""")
                .setParameter("name", name)
                .setParameter("schedule", schedule)
                .setParameter("next", next)
                .executeUpdate()
                .replaceWithVoid();
    }

    private Optional<Instant> next(String name, String schedule) {
        try {
            return CronSchedule.parse(schedule).after(clock.instant());
        } catch (IllegalArgumentException invalid) {
            LOG.warnf(
                    "The schedule '%s' of %s cannot be read and is ignored: %s", schedule, name, invalid.getMessage());
            return Optional.empty();
        }
    }
}
