package dev.longshore.replication.task;

import dev.longshore.kit.work.Background;
import dev.longshore.replication.plan.CopyTask;
import dev.longshore.replication.postgres.TaskStates;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** How much is copied, how late, how often in vain: docs/metrics.md. */
@ApplicationScoped
class ReplicationMetrics {

    private static final Duration[] PROMISES = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1)
    };

    private final MeterRegistry meters;
    private final Mutiny.SessionFactory sessions;
    private final TaskStates states;
    private final Background background;
    private final AtomicLong queue = new AtomicLong();

    ReplicationMetrics(MeterRegistry meters, Mutiny.SessionFactory sessions, TaskStates states, Background background) {
        this.meters = meters;
        this.sessions = sessions;
        this.states = states;
        this.background = background;
        meters.gauge("longshore.replication.queue", queue);
    }

    void pushToCopied(@Nullable String rule, Duration time) {
        Timer.builder("longshore.replication.push.to.copied")
                .tag("rule", rule(rule))
                .serviceLevelObjectives(PROMISES)
                .register(meters)
                .record(time);
    }

    void bytes(String targetRegistry, long bytes) {
        meters.counter("longshore.replication.copied.bytes", "registry", targetRegistry)
                .increment(bytes);
    }

    /** @param outcome {@code copied}, {@code unchanged}, {@code skipped} or {@code failed} */
    void ended(@Nullable String rule, String outcome, String code) {
        meters.counter("longshore.replication.copies", "rule", rule(rule), "outcome", outcome, "code", code)
                .increment();
    }

    @Scheduled(every = "10s", delayed = "5s")
    void measureQueue() {
        background.start("measure the queue", this::readQueue);
    }

    private Uni<Void> readQueue() {
        return sessions.withSession(session -> states.waiting(session, CopyTask.KIND))
                .invoke(queue::set)
                .replaceWithVoid();
    }

    private static String rule(@Nullable String rule) {
        return rule == null ? "on-demand" : rule;
    }
}
