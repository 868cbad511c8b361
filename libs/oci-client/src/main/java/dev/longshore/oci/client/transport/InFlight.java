package dev.longshore.oci.client.transport;

import io.vertx.core.http.HttpClientRequest;
import org.jspecify.annotations.Nullable;

/** One request on its way, so that whoever loses interest in it can cut its connection at any moment. */
final class InFlight {

    private @Nullable HttpClientRequest request;
    private boolean over;
    private boolean tooLarge;

    /** The connection is there. Returns false, and cuts it, if nobody waits any more. */
    synchronized boolean began(HttpClientRequest begun) {
        request = begun;
        // Vert.x logs as severe what nobody handles; who waits hears of it from the answer that does not come.
        begun.exceptionHandler(_ -> {});
        if (over) {
            begun.reset();
        }
        return !over;
    }

    /** There is nothing left to cut. */
    synchronized void finished() {
        over = true;
        request = null;
    }

    synchronized void cut() {
        over = true;
        if (request != null) {
            request.reset();
            request = null;
        }
    }

    synchronized void exceedLimit() {
        tooLarge = true;
        cut();
    }

    synchronized boolean isTooLarge() {
        return tooLarge;
    }
}
