package dev.longshore.push.checkpoint.task;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;

/** How many checkpoints were pushed or not, and what lies in the spool. */
@ApplicationScoped
class CheckpointMetrics {

    private static final String PUSHES = "longshore.checkpoint.pushes";

    private final MeterRegistry meters;
    private final AtomicLong spooled = new AtomicLong();

    CheckpointMetrics(MeterRegistry meters) {
        this.meters = meters;
        meters.gauge("longshore.checkpoint.spool.bytes", spooled);
    }

    void pushed(String registry, long bytes) {
        meters.counter(PUSHES, "registry", registry, "outcome", "succeeded", "code", "")
                .increment();
        meters.counter("longshore.checkpoint.bytes", "registry", registry).increment(bytes);
    }

    void failed(String registry, String code) {
        meters.counter(PUSHES, "registry", registry, "outcome", "failed", "code", code)
                .increment();
    }

    void spooled(long bytes) {
        spooled.set(bytes);
    }
}
