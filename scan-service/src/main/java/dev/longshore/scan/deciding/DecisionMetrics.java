package dev.longshore.scan.deciding;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What is counted of decisions. One that is rolled back and made again counts twice; that is rare enough. */
@ApplicationScoped
class DecisionMetrics {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final MeterRegistry meters;

    DecisionMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void count(List<Changed> changed) {
        changed.forEach(this::count);
    }

    private void count(Changed changed) {
        var registry = changed.image().registry();
        var action = changed.verdict().action().name().toLowerCase(Locale.ROOT);
        meters.counter("longshore.decisions", "registry", registry, "action", action)
                .increment();
        changed.sincePush()
                .filter(time -> !time.isNegative())
                .ifPresent(time -> pushToDecided(registry).record(time));
    }

    private Timer pushToDecided(String registry) {
        return Timer.builder("longshore.push.to.decided")
                .description("From the push of an image to its first decision that rests on a scan")
                .tag("registry", registry)
                .publishPercentileHistogram()
                .minimumExpectedValue(SHORTEST)
                .maximumExpectedValue(LONGEST)
                .register(meters);
    }
}
