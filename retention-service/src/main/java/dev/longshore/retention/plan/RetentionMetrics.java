package dev.longshore.retention.plan;

import dev.longshore.kit.work.Background;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.reactive.mutiny.Mutiny;

/** How much is planned and deleted, how often in vain: docs/metrics.md. */
@ApplicationScoped
public class RetentionMetrics {

    private final MeterRegistry meters;
    private final Mutiny.SessionFactory sessions;
    private final Background background;
    private final AtomicLong queue = new AtomicLong();

    RetentionMetrics(MeterRegistry meters, Mutiny.SessionFactory sessions, Background background) {
        this.meters = meters;
        this.sessions = sessions;
        this.background = background;
        meters.gauge("longshore.retention.queue", queue);
    }

    /** @param outcome {@code planned} or {@code failed} */
    void planned(String policy, String outcome) {
        meters.counter("longshore.retention.plans", "policy", policy, "outcome", outcome)
                .increment();
    }

    /** @param outcome {@code deleted}, {@code kept} or {@code failed} */
    public void settled(String registry, String outcome, String code) {
        meters.counter("longshore.retention.deletions", "registry", registry, "outcome", outcome, "code", code)
                .increment();
    }

    @Scheduled(every = "10s", delayed = "5s")
    void measureQueue() {
        background.start("measure the queue", this::readQueue);
    }

    private Uni<Void> readQueue() {
        return sessions.withSession(session -> session.createNativeQuery(
                                "select count(*) from task where kind = 'retire' and state in ('pending', 'running')",
                                Long.class)
                        .getSingleResult())
                .invoke(queue::set)
                .replaceWithVoid();
    }
}
