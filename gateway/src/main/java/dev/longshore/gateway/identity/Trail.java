package dev.longshore.gateway.identity;

import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.events.AuditEvent.Result;
import dev.longshore.gateway.identity.domain.Actor;
import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.kit.outbox.Outbox;
import dev.longshore.kit.trace.TraceParent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Says in the audit trail what was done to identities, in the transaction that does it. Never given a secret. */
@ApplicationScoped
public class Trail {

    private final Outbox outbox;
    private final Clock clock = Clock.systemUTC();

    Trail(Outbox outbox) {
        this.outbox = outbox;
    }

    /** One thing that was done; {@code before} and {@code after} as the API shows them. */
    public record Done(
            String project,
            String action,
            String resource,
            @Nullable String detail,
            @Nullable Map<String, Object> before,
            @Nullable Map<String, Object> after) {

        public static Done of(String action, String resource) {
            return new Done(Identity.PROJECT, action, resource, null, null, null);
        }

        public Done with(@Nullable Map<String, Object> before, @Nullable Map<String, Object> after) {
            return new Done(project, action, resource, detail, before, after);
        }

        public Done because(@Nullable String detail) {
            return new Done(project, action, resource, detail, before, after);
        }

        public Done in(String project) {
            return new Done(project, action, resource, detail, before, after);
        }
    }

    public Uni<Void> append(Mutiny.Session transaction, Actor by, Done done) {
        return outbox.append(
                transaction,
                new AuditRecorded(
                        done.project(),
                        by.identity().name(),
                        by.address(),
                        by.identity().id(),
                        done.action(),
                        done.resource(),
                        Result.SUCCEEDED,
                        done.detail(),
                        done.before(),
                        done.after(),
                        TraceParent.traceId().orElse(null),
                        clock.instant()));
    }
}
