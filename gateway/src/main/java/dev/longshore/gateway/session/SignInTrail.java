package dev.longshore.gateway.session;

import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.events.AuditEvent.Result;
import dev.longshore.gateway.identity.Trail;
import dev.longshore.gateway.identity.Trail.Done;
import dev.longshore.gateway.identity.domain.Actor;
import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.kit.outbox.Outbox;
import dev.longshore.kit.trace.TraceParent;
import dev.longshore.oci.ForeignText;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.hibernate.reactive.mutiny.Mutiny;

/** Counts who signs in, and says so in the audit trail. */
@ApplicationScoped
class SignInTrail {

    private static final int LONGEST_NAME = 128;

    private final Trail trail;
    private final Outbox outbox;
    private final MeterRegistry meters;
    private final Clock clock = Clock.systemUTC();

    SignInTrail(Trail trail, Outbox outbox, MeterRegistry meters) {
        this.trail = trail;
        this.outbox = outbox;
        this.meters = meters;
    }

    void count(String result) {
        meters.counter("longshore.sessions", "result", result).increment();
    }

    Uni<Void> append(Mutiny.Session transaction, Actor actor, Done done) {
        return trail.append(transaction, actor, done);
    }

    Uni<Void> opened(Mutiny.Session transaction, Actor actor, String proof) {
        return trail.append(
                transaction, actor, Done.of("session.opened", "sessions").because("By " + proof));
    }

    Uni<Void> refused(Mutiny.Session transaction, String username, String address) {
        return outbox.append(
                transaction,
                new AuditRecorded(
                        Identity.PROJECT,
                        printable(username),
                        address,
                        null,
                        "session.opened",
                        "sessions",
                        Result.REFUSED,
                        null,
                        null,
                        null,
                        TraceParent.traceId().orElse(null),
                        clock.instant()));
    }

    /** What someone typed as a name becomes a key and a line of text. */
    private static String printable(String username) {
        return ForeignText.bounded(username, LONGEST_NAME);
    }
}
