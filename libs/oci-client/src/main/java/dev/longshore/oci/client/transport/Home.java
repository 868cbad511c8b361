package dev.longshore.oci.client.transport;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.mutiny.core.Vertx;
import java.util.function.Supplier;

/**
 * Keeps each call on one Vert.x context, the caller's if there is one. Results come back to it, because tickets and
 * tokens may arrive on somebody else's, and Hibernate Reactive refuses to go on anywhere but where its session was opened.
 * Cancelling happens there too: a cancellation that meets an answer halfway on another thread would be missed by both.
 */
record Home(Vertx vertx) {

    /** Runs the work, and stops it, on the caller's context, or on one of its own. */
    <T> Uni<T> around(Supplier<Uni<T>> work) {
        return Uni.createFrom().emitter(emitter -> {
            var context = vertx.getDelegate().getOrCreateContext();
            var visit = new Visit();
            emitter.onTermination(() -> run(context, visit::leave));
            run(
                    context,
                    () -> visit.enter(() -> back(context, Uni.createFrom().deferred(work::get))
                            .subscribe()
                            .with(emitter::complete, emitter::fail)));
        });
    }

    /** Brings what comes from elsewhere back to the context of whoever subscribes. */
    static <T> Uni<T> back(Uni<T> uni) {
        return Uni.createFrom().deferred(() -> {
            var context = io.vertx.core.Vertx.currentContext();
            return context == null ? uni : back(context, uni);
        });
    }

    private static <T> Uni<T> back(Context context, Uni<T> uni) {
        return uni.emitOn(step -> run(context, step));
    }

    private static void run(Context context, Runnable step) {
        if (context.equals(io.vertx.core.Vertx.currentContext())) {
            step.run();
        } else {
            context.runOnContext(_ -> step.run());
        }
    }
}
