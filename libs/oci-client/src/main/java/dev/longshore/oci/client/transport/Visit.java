package dev.longshore.oci.client.transport;

import io.smallrye.mutiny.subscription.Cancellable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Work that may be called off before it began. Used on one context only. */
final class Visit {

    private boolean left;
    private @Nullable Cancellable running;

    void enter(Supplier<Cancellable> work) {
        if (left) {
            return;
        }
        var begun = work.get();
        if (left) {
            begun.cancel();
        }
        running = begun;
    }

    void leave() {
        left = true;
        if (running != null) {
            running.cancel();
        }
    }
}
