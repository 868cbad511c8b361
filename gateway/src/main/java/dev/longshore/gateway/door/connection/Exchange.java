package dev.longshore.gateway.door.connection;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One request and its answer, as its connection sees it. */
final class Exchange {

    static final String KEY = "longshore.exchange";

    private static final int SWITCHING_PROTOCOLS = 101;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Runnable tooSlow;
    private final long length;
    private final boolean hasBody;
    private final List<Runnable> whenOver = new CopyOnWriteArrayList<>();

    /** @param tooSlow answers that the body comes too slowly */
    Exchange(HttpServerRequest request, HttpServerResponse response, Runnable tooSlow) {
        this.request = request;
        this.response = response;
        this.tooSlow = tooSlow;
        this.length = length(request);
        this.hasBody = length > 0 || request.headers().contains("Transfer-Encoding");
    }

    /** Runs at once if it is over already. */
    void whenOver(Runnable work) {
        whenOver.add(work);
        if (isOver()) {
            end();
        }
    }

    boolean isMultiplexed() {
        return request.version() == HttpVersion.HTTP_2;
    }

    boolean isUpgraded() {
        return response.getStatusCode() == SWITCHING_PROTOCOLS;
    }

    boolean isOver() {
        return response.ended() || response.closed();
    }

    /**
     * Whether bytes of the body are still to come.
     *
     * @param arrived bytes since the request's first, whether anyone has asked for them or not
     */
    boolean isReading(long arrived) {
        return hasBody && !request.isEnded() && (length == 0 || arrived < length);
    }

    void cutOff() {
        if (response.headWritten()) {
            response.reset();
        } else {
            tooSlow.run();
        }
    }

    void end() {
        for (var work : whenOver) {
            if (whenOver.remove(work)) {
                work.run();
            }
        }
    }

    private static long length(HttpServerRequest request) {
        var length = request.getHeader("Content-Length");
        return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : 0;
    }
}
