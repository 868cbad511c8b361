package dev.longshore.gateway.audit.operation;

import dev.longshore.gateway.audit.AuditConfig;
import dev.longshore.gateway.audit.domain.Refused;
import dev.longshore.gateway.audit.postgres.RefusedTable;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts refusals, and brings the counts to the store once a second. A flood of the same is one count; one of a great many
 * strangers is counted without their names. While the store is away the counts wait, and grow no more than that.
 */
@ApplicationScoped
public class Refusals {

    private static final int MOST_KINDS = 1_000;

    private final RefusedTable table;
    private final Duration window;
    private final MeterRegistry meters;
    private Map<Refused.Key, Refused> waiting = new LinkedHashMap<>();

    Refusals(RefusedTable table, AuditConfig config, MeterRegistry meters) {
        this.window = config.refusalWindow();
        this.table = table;
        this.meters = meters;
    }

    /** Does not wait for anything. */
    public void add(Refused refused) {
        meters.counter(
                        "longshore.audit.refusals",
                        "status",
                        Integer.toString(refused.key().status()))
                .increment();
        put(refused);
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> store() {
        var counted = take();
        return counted.isEmpty()
                ? Uni.createFrom().voidItem()
                : table.add(counted, window).onFailure().invoke(() -> counted.forEach(this::put));
    }

    private synchronized void put(Refused refused) {
        var isKnown = waiting.containsKey(refused.key());
        var counted = isKnown || waiting.size() < MOST_KINDS ? refused : refused.amongMany();
        waiting.merge(counted.key(), counted, Refused::and);
    }

    private synchronized List<Refused> take() {
        var taken = List.copyOf(waiting.values());
        waiting = new LinkedHashMap<>();
        return taken;
    }
}
