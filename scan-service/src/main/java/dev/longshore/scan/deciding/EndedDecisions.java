package dev.longshore.scan.deciding;

import dev.longshore.scan.postgres.Decisions;
import dev.longshore.scan.postgres.Schedules;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.hibernate.reactive.mutiny.Mutiny;

/** Decides anew when an exemption or a grace period has ended, or findings have become stale. */
@ApplicationScoped
class EndedDecisions {

    private final Mutiny.SessionFactory sessions;
    private final Schedules schedules;
    private final Decisions decisions;
    private final DecideImages decideImages;
    private final CaughtUp caughtUp;
    private final DecisionConfig config;
    private final Clock clock = Clock.systemUTC();

    EndedDecisions(
            Mutiny.SessionFactory sessions,
            Schedules schedules,
            Decisions decisions,
            DecideImages decideImages,
            CaughtUp caughtUp,
            DecisionConfig config) {
        this.sessions = sessions;
        this.schedules = schedules;
        this.decisions = decisions;
        this.decideImages = decideImages;
        this.caughtUp = caughtUp;
        this.config = config;
    }

    @Scheduled(every = "{longshore.decisions.look-every:5s}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> decideEnded() {
        return caughtUp.isCaughtUp()
                ? schedules
                        .claim("decisions", config.lookEvery())
                        .chain(isMine ->
                                isMine ? decideNextEnded() : Uni.createFrom().voidItem())
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> decideNextEnded() {
        return sessions.withSession(session -> decisions.ended(session, clock.instant(), config.batch()))
                .chain(images -> images.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : sessions.withTransaction((session, _) -> decideImages.decide(session, images))
                                .chain(() -> images.size() < config.batch()
                                        ? Uni.createFrom().voidItem()
                                        : decideNextEnded()));
    }
}
