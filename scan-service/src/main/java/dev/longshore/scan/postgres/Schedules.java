package dev.longshore.scan.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.hibernate.reactive.mutiny.Mutiny;

/** Work that is to be done now and then by one replica: the one that moves the row on. */
@ApplicationScoped
public class Schedules {

    private static final double EARLY = 0.8;

    private final Mutiny.SessionFactory sessions;

    Schedules(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** Emits true if it is due and this process's to do. A little before its time, for timers are not exact. */
    public Uni<Boolean> claim(String name, Duration every) {
        return sessions.withTransaction((session, _) -> session.createNativeQuery("""
                        update schedule set due_at = now() + make_interval(secs => cast(:seconds as double precision))
                        where name = :name and due_at <= now()""")
                .setParameter("seconds", every.toMillis() * EARLY / 1000.0)
                .setParameter("name", name)
                .executeUpdate()
                .map(updated -> updated == 1));
    }
}
