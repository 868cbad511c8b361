package dev.longshore.kit.work;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Runs work that nobody waits for, each on a Vert.x context of its own. The one place that subscribes.
 *
 * <p>A context of its own matters: Hibernate Reactive keeps the open session in it, and two that share one would share
 * the session.
 */
@ApplicationScoped
public class Background {

    private static final Logger LOG = Logger.getLogger(Background.class);

    private final Vertx vertx;

    Background(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Starts the work; a failure is logged under its name. */
    public void start(String name, Supplier<Uni<Void>> work) {
        onContext(() -> work.get().subscribe().with(_ -> {}, failure -> log(name, failure)));
    }

    /** Starts the work and leaves its end to the caller. Cancelling the answer cancels the work. */
    public Cancellable run(Supplier<Uni<Void>> work, Runnable done, Consumer<Throwable> failed) {
        var started = new CompletableFuture<Cancellable>();
        onContext(() -> started.complete(work.get().subscribe().with(_ -> done.run(), failed)));
        return () -> {
            var _ = started.thenAccept(Cancellable::cancel);
        };
    }

    /** That the database or the broker is away is known, and said by whoever waits for it: no stack traces of that. */
    private static void log(String name, Throwable failure) {
        if (Transient.isTransient(failure)) {
            LOG.infof("Could not %s for now: %s", name, failure.getMessage());
        } else {
            LOG.warnf(failure, "Could not %s", name);
        }
    }

    private void onContext(Runnable runnable) {
        // Not the current one's event loop: what a timer starts would all run on the timer's.
        var context = VertxContext.createNewDuplicatedContext(((VertxInternal) vertx).createEventLoopContext());
        Objects.requireNonNull(context);
        VertxContextSafetyToggle.setContextSafe(context, true);
        context.runOnContext(_ -> runnable.run());
    }
}
