package dev.longshore.scan.deciding;

import dev.longshore.scan.postgres.Scans;
import dev.longshore.scan.postgres.Scans.Due;
import dev.longshore.scan.postgres.Schedules;
import dev.longshore.scan.task.Requests;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;

/** Asks for rescans of what was matched with an older database, and forgets what no repository has any more. */
@ApplicationScoped
class Rescans {

    private static final Duration RESCANS_EVERY = Duration.ofMinutes(1);
    private static final Duration ORPHANS_EVERY = Duration.ofHours(1);
    private static final Duration ABANDONED_AFTER = Duration.ofHours(24);
    private static final int MOST_RESCANS = 200;

    private final Mutiny.SessionFactory sessions;
    private final Schedules schedules;
    private final Scans scans;
    private final Requests requests;
    private final DecisionConfig config;
    private final Clock clock = Clock.systemUTC();

    Rescans(
            Mutiny.SessionFactory sessions,
            Schedules schedules,
            Scans scans,
            Requests requests,
            DecisionConfig config) {
        this.sessions = sessions;
        this.schedules = schedules;
        this.scans = scans;
        this.requests = requests;
        this.config = config;
    }

    @Scheduled(every = "1m", delayed = "20s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> requestRescans() {
        return whenDue(
                "rescans",
                RESCANS_EVERY,
                () -> sessions.withTransaction((session, _) -> {
                    var now = clock.instant();
                    return scans.outdated(session, now, config.rescanEvery(), MOST_RESCANS)
                            .chain(due -> rescan(session, due))
                            .chain(() -> scans.abandoned(session, now.minus(ABANDONED_AFTER), MOST_RESCANS))
                            .chain(due -> rescan(session, due));
                }));
    }

    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> removeOrphans() {
        return whenDue(
                "orphans",
                ORPHANS_EVERY,
                () -> sessions.withTransaction(
                                (session, _) -> scans.removeOrphans(session, clock.instant(), config.keepOrphans()))
                        .replaceWithVoid());
    }

    private Uni<Void> whenDue(String name, Duration every, Supplier<Uni<Void>> work) {
        return schedules
                .claim(name, every)
                .chain(isMine -> isMine ? work.get() : Uni.createFrom().voidItem());
    }

    private Uni<Void> rescan(Mutiny.Session session, List<Due> due) {
        return Multi.createFrom()
                .iterable(due)
                .onItem()
                .transformToUniAndConcatenate(one -> requests.rescan(session, one.project(), one.digest()))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
