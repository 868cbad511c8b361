package dev.longshore.gateway.limit;

import dev.longshore.gateway.access.CurrentAccess;
import dev.longshore.gateway.door.connection.Connections;
import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.gateway.identity.domain.Identity.Kind;
import dev.longshore.gateway.limit.domain.Neighbourhood;
import dev.longshore.gateway.limit.domain.Standing;
import dev.longshore.gateway.snap.SnapCallers;
import dev.longshore.kit.work.Background;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.Set;

/**
 * Holds every request against the limits: by address before anyone asks who sent it, since that costs something, and by
 * identity once it is known.
 */
@ApplicationScoped
class LimitDoor {

    /** Right after the front door has looked at the path. */
    private static final int BEFORE_AUTHENTICATION = Integer.MIN_VALUE + 20;
    /** Before the table of permissions is asked. */
    private static final int AFTER_AUTHENTICATION = 300;

    /** Those who watch stay for long, and are counted by the progress' own bound. */
    private static final Set<String> WATCHED = Set.of("/api/v1/progress", "/ws/progress");

    private static final long LATE_MILLIS = 250;

    private final Quotas quotas;
    private final InFlight inFlight;
    private final LimitAnswers answers;
    private final Connections connections;
    private final SnapCallers callers;
    private final Background background;

    LimitDoor(
            Quotas quotas,
            InFlight inFlight,
            LimitAnswers answers,
            Connections connections,
            SnapCallers callers,
            Background background) {
        this.quotas = quotas;
        this.inFlight = inFlight;
        this.answers = answers;
        this.connections = connections;
        this.callers = callers;
        this.background = background;
    }

    void install(@Observes Router router) {
        router.route().order(BEFORE_AUTHENTICATION).handler(this::enter);
        router.route("/api/*").order(AFTER_AUTHENTICATION).handler(this::enterApi);
        router.route("/config/*").order(AFTER_AUTHENTICATION).handler(this::enterSnap);
        router.route("/registry/*").order(AFTER_AUTHENTICATION).handler(this::enterSnap);
    }

    private void enter(RoutingContext context) {
        var path = String.valueOf(context.request().path());
        var quota = path.startsWith("/webhooks/") ? quotas.webhooks() : quotas.address();
        var standing = quotas.take(quota, address(context));
        answers.tell(context, standing);
        if (!standing.isWithin()) {
            refuseLate(context, standing);
        } else if (WATCHED.contains(path)) {
            context.next();
        } else if (inFlight.enter()) {
            connections.whenOver(context, inFlight.leave());
            context.next();
        } else {
            answers.refuse(context, "concurrent", "Longshore answers as many requests as it can at this moment");
        }
    }

    /** Whoever does not wait is made to: at once, a flood's refusals would take all the time that others need. */
    private void refuseLate(RoutingContext context, Standing standing) {
        context.request().pause();
        context.vertx().setTimer(LATE_MILLIS, _ -> answers.refuse(context, standing));
    }

    private void enterApi(RoutingContext context) {
        var someone = CurrentAccess.identity(context);
        if (someone.isEmpty()) {
            context.next();
            return;
        }
        var key = key(someone.get());
        var standing = quotas.take(quotas.identity(), key);
        answers.tell(context, standing);
        if (!standing.isWithin()) {
            answers.refuse(context, standing);
        } else if (WATCHED.contains(String.valueOf(context.request().path()))) {
            context.next();
        } else if (inFlight.enter(key)) {
            connections.whenOver(context, inFlight.leave(key));
            context.next();
        } else {
            answers.refuse(
                    context,
                    "concurrent-per-identity",
                    "As many requests of yours are being answered as are taken at once");
        }
    }

    /** These paths find out for themselves who calls: it may not have been asked yet. */
    private void enterSnap(RoutingContext context) {
        var home = context.vertx().getOrCreateContext();
        background.run(
                () -> callers.meet(context)
                        .invoke(someone -> home.runOnContext(_ -> enterSnap(context, someone)))
                        .replaceWithVoid(),
                () -> {},
                failure -> home.runOnContext(_ -> context.fail(failure)));
    }

    private void enterSnap(RoutingContext context, Optional<Identity> someone) {
        var signedIn = someone.filter(identity -> identity.kind() != Kind.ANONYMOUS);
        var standing = signedIn.map(identity -> quotas.take(quotas.snap(), key(identity)))
                .orElseGet(() -> quotas.take(quotas.snapAnonymous(), address(context)));
        answers.tellAsSnap(context, standing);
        if (standing.isWithin()) {
            context.next();
        } else {
            answers.refuseAsSnap(context, standing);
        }
    }

    /** By name: whoever signs in a hundred times is still one. */
    private static String key(Identity identity) {
        return identity.kind() + "/" + identity.name();
    }

    private static String address(RoutingContext context) {
        var remote = context.request().remoteAddress();
        return remote == null || remote.hostAddress() == null ? "" : Neighbourhood.of(remote.hostAddress());
    }
}
