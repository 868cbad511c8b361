package dev.longshore.push.checkpoint.task;

import dev.longshore.kit.work.BlockingCalls;
import dev.longshore.push.checkpoint.postgres.Checkpoints;
import dev.longshore.push.checkpoint.spool.CheckpointConfig;
import dev.longshore.push.checkpoint.spool.SpoolFiles;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Deletes uploads that nobody wants any more, and forgets checkpoints after a while. */
@ApplicationScoped
class SpoolCleaning {

    private final Checkpoints checkpoints;
    private final SpoolFiles spool;
    private final BlockingCalls blocking;
    private final CheckpointMetrics metrics;
    private final CheckpointConfig config;

    SpoolCleaning(
            Checkpoints checkpoints,
            SpoolFiles spool,
            BlockingCalls blocking,
            CheckpointMetrics metrics,
            CheckpointConfig config) {
        this.checkpoints = checkpoints;
        this.spool = spool;
        this.blocking = blocking;
        this.metrics = metrics;
        this.config = config;
    }

    @Scheduled(every = "1m")
    Uni<Void> sweep() {
        return checkpoints
                .neededFiles()
                .chain(needed -> blocking.call(() -> {
                    spool.sweep(needed, Instant.now());
                    return spool.size();
                }))
                .invoke(metrics::spooled)
                .replaceWithVoid();
    }

    @Scheduled(every = "6h", delayed = "12m")
    Uni<Void> forget() {
        return checkpoints.forget(config.archive().kept());
    }
}
