package dev.longshore.kit.work;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs blocking work on a virtual thread and comes back to the caller's Vert.x context, without which Hibernate
 * Reactive would refuse to go on (HR000068).
 */
@ApplicationScoped
public class BlockingCalls {

    private final ExecutorService virtualThreads = Executors.newVirtualThreadPerTaskExecutor();

    /** Cancelling the answer interrupts the work. */
    public <T> Uni<T> call(Callable<T> work) {
        return Uni.createFrom().deferred(() -> {
            var home = Home.here();
            return Uni.createFrom()
                    .<T>emitter(emitter -> {
                        var running = virtualThreads.submit(() -> {
                            try {
                                emitter.complete(work.call());
                            } catch (Throwable failure) {
                                emitter.fail(failure);
                            }
                        });
                        emitter.onTermination(() -> running.cancel(true));
                    })
                    .emitOn(home);
        });
    }
}
