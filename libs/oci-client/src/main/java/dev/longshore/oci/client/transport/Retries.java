package dev.longshore.oci.client.transport;

import dev.longshore.oci.client.http.RegistryException.Unavailable;
import dev.longshore.oci.client.http.Timeouts;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Asks again what is safe to ask again: reads, and what the registry turned away unheard (429). Everything else is for
 * the caller, who knows what may have been done.
 */
final class Retries {

    private static final long FIRST_BACKOFF_MILLIS = 200;

    private final Vertx vertx;
    private final Timeouts timeouts;

    Retries(Vertx vertx, Timeouts timeouts) {
        this.vertx = vertx;
        this.timeouts = timeouts;
    }

    <T> Uni<T> run(Request request, Supplier<Uni<T>> attempt) {
        return run(request, attempt, 1);
    }

    private <T> Uni<T> run(Request request, Supplier<Uni<T>> attempt, int number) {
        return Uni.createFrom()
                .deferred(attempt::get)
                .onFailure(Unavailable.class)
                .recoverWithUni(failure -> isWorthAnother(request, failure, number)
                        ? pause(failure, number).chain(() -> run(request, attempt, number + 1))
                        : Uni.createFrom().failure(failure));
    }

    private boolean isWorthAnother(Request request, Unavailable unavailable, int number) {
        return number < timeouts.attempts()
                && (request.isSafe() || unavailable.isThrottled())
                && unavailable.retryAfter().compareTo(timeouts.longestWait()) <= 0;
    }

    private Uni<Void> pause(Unavailable unavailable, int number) {
        var backoff = FIRST_BACKOFF_MILLIS << Math.min(number - 1, 6);
        var jitter = ThreadLocalRandom.current().nextLong(backoff / 2, backoff + 1);
        // What the registry asked for is a least, also for those who ask with us.
        var asked = unavailable.status().isPresent() && unavailable.isThrottled()
                ? unavailable.retryAfter().toMillis()
                : 0;
        return pause(Duration.ofMillis(asked + jitter));
    }

    /** Waits on the caller's own context. */
    Uni<Void> pause(Duration duration) {
        return Uni.createFrom().emitter(emitter -> {
            var timer = vertx.getDelegate().setTimer(Math.max(1, duration.toMillis()), _ -> emitter.complete(null));
            emitter.onTermination(() -> vertx.getDelegate().cancelTimer(timer));
        });
    }
}
