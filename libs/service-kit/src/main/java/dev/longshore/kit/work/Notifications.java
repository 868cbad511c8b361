package dev.longshore.kit.work;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Wakes loops when PostgreSQL's {@code NOTIFY} says that there is something for them. Only saves waiting: every loop
 * also looks by itself, because a lost connection loses notifications.
 */
@ApplicationScoped
public class Notifications {

    private static final Duration LISTEN_AGAIN_EVERY = Duration.ofSeconds(2);

    private final Pool pool;
    private final Vertx vertx;
    private final Background background;
    private final Map<String, List<Runnable>> listeners = new ConcurrentHashMap<>();
    private volatile boolean listening;
    private volatile boolean connecting;

    Notifications(Pool pool, Vertx vertx, Background background) {
        this.pool = pool;
        this.vertx = vertx;
        this.background = background;
    }

    /** Calls {@code wake}, on some event loop, for each notification on the channel. */
    public void on(String channel, Runnable wake) {
        listeners.computeIfAbsent(channel, _ -> new CopyOnWriteArrayList<>()).add(wake);
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(LISTEN_AGAIN_EVERY.toMillis(), _ -> listenIfNot());
        listenIfNot();
    }

    private void listenIfNot() {
        if (!listening && !connecting) {
            connecting = true;
            background.start(
                    "listen for notifications of the database",
                    () -> pool.getConnection().chain(this::listen).eventually(() -> connecting = false));
        }
    }

    private Uni<Void> listen(SqlConnection connection) {
        var postgres = PgConnection.cast(connection.getDelegate());
        postgres.notificationHandler(notification ->
                listeners.getOrDefault(notification.getChannel(), List.of()).forEach(Runnable::run));
        postgres.closeHandler(_ -> listening = false);
        return connection
                .query("listen outbox")
                .execute()
                .chain(() -> connection.query("listen task").execute())
                .invoke(() -> listening = true)
                .onFailure()
                .call(connection::close)
                .replaceWithVoid();
    }
}
