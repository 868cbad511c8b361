package dev.longshore.gateway.limit;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests that are being answered, in all and of each identity. */
@ApplicationScoped
class InFlight {

    private final int most;
    private final int mostOfOne;
    private final AtomicInteger all = new AtomicInteger();
    private final Map<String, Integer> byIdentity = new ConcurrentHashMap<>();

    InFlight(LimitsConfig config, MeterRegistry meters) {
        this.most = config.concurrent();
        this.mostOfOne = config.concurrentPerIdentity();
        meters.gauge("longshore.limit.in.flight", all);
    }

    /** Whether there is room for one more; then {@link #leave} has to follow. */
    boolean enter() {
        if (all.incrementAndGet() <= most) {
            return true;
        }
        all.decrementAndGet();
        return false;
    }

    /** To be run when the request is over; more than once does no harm. */
    Runnable leave() {
        return once(all::decrementAndGet);
    }

    /** As {@link #enter()}, for one who is signed in. */
    boolean enter(String identity) {
        var isIn = new AtomicBoolean();
        byIdentity.compute(identity, (_, count) -> {
            var before = count == null ? 0 : count;
            isIn.set(before < mostOfOne);
            return isIn.get() ? Integer.valueOf(before + 1) : count;
        });
        return isIn.get();
    }

    Runnable leave(String identity) {
        return once(() -> byIdentity.computeIfPresent(identity, (_, count) -> count > 1 ? count - 1 : null));
    }

    private static Runnable once(Runnable work) {
        var isDone = new AtomicBoolean();
        return () -> {
            if (isDone.compareAndSet(false, true)) {
                work.run();
            }
        };
    }
}
