package dev.longshore.gateway.progress;

import dev.longshore.events.ErrorCode;
import dev.longshore.events.ProgressEvent.ProgressReported;
import dev.longshore.kit.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** Hands what is reported to everyone who watches at that moment. Nothing is kept for those who come later. */
@ApplicationScoped
public class ProgressHub {

    private final ProgressConfig config;
    private final BroadcastProcessor<ProgressReported> reported = BroadcastProcessor.create();
    private final AtomicInteger watchers = new AtomicInteger();

    ProgressHub(ProgressConfig config, MeterRegistry meters) {
        this.config = config;
        meters.gauge("longshore.progress.watchers", watchers);
    }

    public void report(ProgressReported event) {
        reported.onNext(event);
    }

    /** Fails for a watcher that does not keep up; others do not wait for it. */
    public Multi<ProgressReported> watch() {
        if (watchers.incrementAndGet() > config.watchers()) {
            watchers.decrementAndGet();
            throw new ProblemException(ErrorCode.UNAVAILABLE, "Too many watch the progress already");
        }
        return reported.onOverflow().buffer(config.waiting()).onTermination().invoke(watchers::decrementAndGet);
    }
}
