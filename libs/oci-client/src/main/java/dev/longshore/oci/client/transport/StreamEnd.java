package dev.longshore.oci.client.transport;

import io.vertx.core.Handler;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a stream ended, told once to whoever asks, also to who comes late: an empty body ends before anybody listens. */
public final class StreamEnd {

    private boolean ended;
    private boolean told;
    private @Nullable Throwable failure;
    private @Nullable Handler<Void> endHandler;
    private @Nullable Handler<Throwable> exceptionHandler;

    /** It ended well, unless it has ended before. */
    public void end() {
        synchronized (this) {
            ended = true;
        }
        tell();
    }

    /** It broke. Returns false if it had ended before. */
    public boolean fail(Throwable cause) {
        synchronized (this) {
            if (ended) {
                return false;
            }
            ended = true;
            failure = cause;
        }
        tell();
        return true;
    }

    public synchronized boolean isOver() {
        return ended;
    }

    public synchronized Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    public void onEnd(@Nullable Handler<Void> handler) {
        synchronized (this) {
            endHandler = handler;
        }
        tell();
    }

    public void onFailure(@Nullable Handler<Throwable> handler) {
        synchronized (this) {
            exceptionHandler = handler;
        }
        tell();
    }

    private void tell() {
        Handler<Void> onEnd;
        Handler<Throwable> onFailure;
        Throwable cause;
        synchronized (this) {
            var nobodyToTell = failure == null ? endHandler == null : exceptionHandler == null;
            if (!ended || told || nobodyToTell) {
                return;
            }
            told = true;
            onEnd = endHandler;
            onFailure = exceptionHandler;
            cause = failure;
        }
        if (cause == null && onEnd != null) {
            onEnd.handle(null);
        } else if (cause != null && onFailure != null) {
            onFailure.handle(cause);
        }
    }
}
