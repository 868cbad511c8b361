package dev.longshore.retention.restore;

import dev.longshore.kit.work.Background;
import dev.longshore.retention.plan.RetentionConfig;
import dev.longshore.retention.postgres.Plans;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Forgets old plans, and what they deleted. */
@ApplicationScoped
class PruneRecords {

    private final Mutiny.SessionFactory sessions;
    private final Plans plans;
    private final RetentionConfig config;
    private final Background background;

    PruneRecords(Mutiny.SessionFactory sessions, Plans plans, RetentionConfig config, Background background) {
        this.sessions = sessions;
        this.plans = plans;
        this.config = config;
        this.background = background;
    }

    @Scheduled(every = "1h", delayed = "10m")
    void prune() {
        var kept = config.keepRecords().toSeconds();
        background.start(
                "forget old plans",
                () -> sessions.withTransaction((session, _) -> plans.prune(session, kept))
                        .replaceWithVoid());
    }
}
