package dev.longshore.oci.client.transport;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The Vert.x context that a caller came from. Results come back to it, because permits and tokens may arrive on somebody
 * else's, and Hibernate Reactive refuses to go on anywhere but where its session was opened.
 */
record Home(@Nullable Context context) {

    static <T> Uni<T> around(Function<Home, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            var home = new Home(Vertx.currentContext());
            return home.back(work.apply(home));
        });
    }

    <T> Uni<T> back(Uni<T> uni) {
        return context == null ? uni : uni.emitOn(this::run);
    }

    private void run(Runnable step) {
        if (context == null || context.equals(Vertx.currentContext())) {
            step.run();
        } else {
            context.runOnContext(_ -> step.run());
        }
    }
}
