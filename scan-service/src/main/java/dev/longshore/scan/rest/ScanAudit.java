package dev.longshore.scan.rest;

import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.events.AuditEvent.Result;
import dev.longshore.kit.http.Caller;
import dev.longshore.kit.outbox.Outbox;
import dev.longshore.kit.trace.TraceParent;
import dev.longshore.oci.ImageReference;
import dev.longshore.scan.postgres.KnownImage;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;

/** Who asked for scans. */
@ApplicationScoped
class ScanAudit {

    private final Outbox outbox;
    private final Caller caller;
    private final Clock clock = Clock.systemUTC();

    ScanAudit(Outbox outbox, Caller caller) {
        this.outbox = outbox;
        this.caller = caller;
    }

    String caller() {
        return caller.name();
    }

    Uni<Void> requested(Mutiny.Session session, KnownImage known, ImageReference reference, String execution) {
        return outbox.append(
                session,
                new AuditRecorded(
                        known.project(),
                        caller.name(),
                        caller.address().orElse(null),
                        caller.token().orElse(null),
                        "image.scan-requested",
                        reference.toString(),
                        Result.SUCCEEDED,
                        null,
                        null,
                        Map.of("execution", execution, "image", known.image().key()),
                        TraceParent.traceId().orElse(null),
                        clock.instant()));
    }
}
