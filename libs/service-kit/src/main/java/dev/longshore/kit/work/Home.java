package dev.longshore.kit.work;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;

/**
 * The Vert.x context that a chain of work began on, and has to go on with: Hibernate Reactive keeps the open session in
 * it. On a timer's thread it refuses to work (HR000068); on the context of somebody else it would use, and close, the
 * session of somebody else.
 */
public final class Home {

    private Home() {}

    /** Executes on the context that this is called on; at once where there is none. */
    public static Executor here() {
        var context = Vertx.currentContext();
        return context == null ? Runnable::run : command -> context.runOnContext(_ -> command.run());
    }

    /** Brings what many wait for, and what comes on the context of the first of them, back to each one's own. */
    public static <T> Uni<T> back(Uni<T> shared) {
        return Uni.createFrom().deferred(() -> shared.emitOn(here()));
    }
}
