package dev.longshore.push.task;

import dev.longshore.push.domain.Change;
import dev.longshore.push.domain.Change.ManifestFound;
import dev.longshore.push.domain.Change.ManifestPushed;
import dev.longshore.push.domain.Change.TagPoints;
import dev.longshore.push.domain.Push;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** What is counted and timed: see docs/metrics.md. */
@ApplicationScoped
public class PushMetrics {

    private static final Duration[] BUCKETS = Stream.of(
                    "0.1", "0.25", "0.5", "1", "2.5", "5", "10", "30", "60", "300", "900", "3600")
            .map(seconds -> Duration.parse("PT" + seconds + "S"))
            .toArray(Duration[]::new);

    private final MeterRegistry meters;
    private final Map<String, AtomicLong> reconciledAt = new ConcurrentHashMap<>();
    private final Clock clock = Clock.systemUTC();

    PushMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** @param outcome {@code hint}, {@code pull}, {@code ignored}, {@code skipped}, {@code unusable} */
    public void heard(String registry, String action, String outcome, int count) {
        if (count > 0) {
            meters.counter("longshore.notifications", "registry", registry, "action", action, "outcome", outcome)
                    .increment(count);
        }
    }

    /** To be called once the changes are committed. */
    void resolved(String registry, List<Change> changes) {
        var now = clock.instant();
        changes.stream()
                .flatMap(change -> announced(change).stream())
                .filter(Push::heard)
                .forEach(push -> pushToKnown(registry).record(Duration.between(push.at(), now)));
    }

    /** The largest over the replicas is the last time that one of them listed the registry to its end. */
    void reconciled(String registry) {
        reconciledAt
                .computeIfAbsent(registry, name -> {
                    var seconds = new AtomicLong();
                    Gauge.builder("longshore.reconcile.last.success.timestamp", seconds, AtomicLong::get)
                            .description("When the registry was last listed to its end")
                            .baseUnit("seconds")
                            .tag("registry", name)
                            .register(meters);
                    return seconds;
                })
                .set(clock.instant().getEpochSecond());
    }

    void reassigned(String registry, int entries) {
        meters.counter("longshore.inventory.reassigned", "registry", registry).increment(entries);
    }

    private Timer pushToKnown(String registry) {
        return Timer.builder("longshore.push.known")
                .description("From a push, as the registry dates it, until it is in the inventory and told")
                .tag("registry", registry)
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
    }

    private static Optional<Push> announced(Change change) {
        return switch (change) {
            case ManifestFound found when found.announced() -> Optional.of(found.push());
            case ManifestPushed pushed when pushed.announced() -> Optional.of(pushed.push());
            case TagPoints points when points.announced() -> Optional.of(points.push());
            default -> Optional.empty();
        };
    }
}
