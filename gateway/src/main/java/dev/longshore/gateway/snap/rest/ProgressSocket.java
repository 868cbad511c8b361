package dev.longshore.gateway.snap.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.door.ProblemAnswers;
import dev.longshore.gateway.progress.ProgressConfig;
import dev.longshore.gateway.progress.ProgressHub;
import dev.longshore.gateway.proxy.ServiceCalls.Asker;
import dev.longshore.gateway.snap.SnapCallers;
import dev.longshore.kit.work.Background;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** {@code /ws/progress}: what the pushes of whoever is signed in come to, in SNAP's messages. */
@ApplicationScoped
class ProgressSocket {

    private static final Logger LOG = Logger.getLogger(ProgressSocket.class);
    private static final int AFTER_AUTHENTICATION = 500;
    private static final String SUB_PROTOCOL = "longshore";

    private final SnapCallers callers;
    private final ProgressHub hub;
    private final ProgressConfig config;
    private final Background background;
    private final ProblemAnswers problems;

    ProgressSocket(
            SnapCallers callers,
            ProgressHub hub,
            ProgressConfig config,
            Background background,
            ProblemAnswers problems) {
        this.callers = callers;
        this.hub = hub;
        this.config = config;
        this.background = background;
        this.problems = problems;
    }

    void install(@Observes Router router) {
        router.get("/ws/progress").order(AFTER_AUTHENTICATION).handler(this::open);
    }

    private void open(RoutingContext context) {
        var request = context.request();
        request.pause();
        var home = context.vertx().getOrCreateContext();
        // Browsers cannot send that header with a WebSocket, and an address is no place for a secret.
        var given = Optional.ofNullable(request.getHeader("Authorization"))
                .or(() ->
                        subProtocol(request.getHeader("Sec-WebSocket-Protocol")).map(token -> "Bearer " + token));
        background.run(
                () -> callers.identify(request, given)
                        .invoke(asker -> home.runOnContext(_ -> upgrade(context, home, asker)))
                        .replaceWithVoid(),
                () -> {},
                failure -> home.runOnContext(_ -> refuse(context, failure)));
    }

    /** {@code new WebSocket(address, ["longshore", token])}. */
    private static Optional<String> subProtocol(@Nullable String offered) {
        return Optional.ofNullable(offered)
                .map(list -> list.split(","))
                .filter(list -> list.length == 2 && list[0].strip().equals(SUB_PROTOCOL))
                .map(list -> list[1].strip());
    }

    private void refuse(RoutingContext context, Throwable failure) {
        LOG.debugf("Nobody may watch: %s", failure);
        context.request().resume();
        problems.answer(context, ErrorCode.UNAUTHENTICATED, "Send the token of a session");
    }

    private void upgrade(RoutingContext context, Context home, Asker asker) {
        if (!"websocket".equalsIgnoreCase(context.request().getHeader("Upgrade"))) {
            context.request().resume();
            problems.answer(context, ErrorCode.INVALID_REQUEST, "This path is a WebSocket");
            return;
        }
        context.request()
                .toWebSocket()
                .onSuccess(socket -> watch(context, home, socket, asker))
                .onFailure(failure -> LOG.debugf("No WebSocket: %s", failure));
    }

    private void watch(RoutingContext context, Context home, ServerWebSocket socket, Asker asker) {
        var watcher = new SnapWatcher(socket, asker.session().name());
        var watching = background.run(
                () -> hub.watch()
                        .invoke(event -> home.runOnContext(_ -> watcher.tell(event)))
                        .collect()
                        .last()
                        .chain(() -> Uni.createFrom().voidItem()),
                () -> {},
                failure -> home.runOnContext(_ -> watcher.drop(failure)));
        var vertx = context.vertx();
        var heartbeat = vertx.setPeriodic(config.heartbeat().toMillis(), _ -> watcher.beat());
        var end = vertx.setTimer(config.longest().toMillis(), _ -> socket.close());
        socket.closeHandler(_ -> {
            watching.cancel();
            vertx.cancelTimer(heartbeat);
            vertx.cancelTimer(end);
        });
    }
}
