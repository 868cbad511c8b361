package dev.longshore.gateway.snap.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.longshore.events.ProgressEvent.ProgressReported;
import dev.longshore.gateway.snap.domain.SnapProgress;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.Objects;

/** One who watches: hears of the executions that are theirs, each step once. */
final class SnapWatcher {

    private static final int MOST_EXECUTIONS = 256;
    private static final short TRY_AGAIN_LATER = 1013;

    private final ServerWebSocket socket;
    private final String username;
    private final Cache<String, SnapProgress> executions =
            Caffeine.newBuilder().maximumSize(MOST_EXECUTIONS).build();

    SnapWatcher(ServerWebSocket socket, String username) {
        this.socket = socket;
        this.username = username;
    }

    void tell(ProgressReported event) {
        if (!username.equals(event.requestedBy()) || socket.isClosed()) {
            return;
        }
        if (socket.writeQueueFull()) {
            socket.close(TRY_AGAIN_LATER, "too slow");
            return;
        }
        var progress = Objects.requireNonNull(executions.get(event.execution(), _ -> new SnapProgress()));
        progress.advance(event.progress(), event.state(), event.message()).forEach(this::send);
    }

    void beat() {
        if (!socket.isClosed()) {
            socket.writePing(Buffer.buffer("still here")).onFailure(_ -> {});
        }
    }

    void drop(Throwable failure) {
        if (!socket.isClosed()) {
            socket.close(TRY_AGAIN_LATER, "too many watch, or this one is too slow")
                    .onFailure(_ -> {});
        }
    }

    private void send(SnapProgress.Message message) {
        var json = JsonNodeFactory.instance.objectNode();
        json.putPOJO("progress", message.progress());
        json.put("task_name", SnapProgress.TASK_NAME).put("message", message.message());
        socket.writeTextMessage(json.toString()).onFailure(_ -> {});
    }
}
