package dev.longshore.config.postgres;

import dev.longshore.config.domain.Kind;
import dev.longshore.config.domain.Stored;
import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.events.AuditEvent.Result;
import dev.longshore.events.Topic;
import dev.longshore.kit.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Tells of a change, in its own transaction: the new state on {@code longshore.config}, and who did it. */
@ApplicationScoped
class ConfigChanges {

    private static final String SECRETS_CHANGED = "Secrets were changed";

    private final Outbox outbox;
    private final MeterRegistry metrics;
    private final Clock clock = Clock.systemUTC();

    ConfigChanges(Outbox outbox, MeterRegistry metrics) {
        this.outbox = outbox;
        this.metrics = metrics;
    }

    Uni<Void> written(Mutiny.Session session, Optional<Stored> before, Stored after, Actor actor) {
        var haveSecretsChanged = before.filter(stored ->
                        stored.content().secretsVersion() != after.content().secretsVersion())
                .isPresent();
        var entry = entry(
                actor,
                after.content().project(),
                after.kind() + (before.isPresent() ? ".changed" : ".created"),
                after.kind().resource(after.name()),
                haveSecretsChanged ? SECRETS_CHANGED : null,
                before.map(Stored::audited).orElse(null),
                after.audited());
        return outbox.append(session, after.event(), entry);
    }

    Uni<Void> deleted(Mutiny.Session session, Stored before, Actor actor) {
        var entry = entry(
                actor,
                before.content().project(),
                before.kind() + ".deleted",
                before.kind().resource(before.name()),
                null,
                before.audited(),
                null);
        return removed(session, before.kind(), before.name(), before.content().project())
                .chain(() -> outbox.append(session, entry));
    }

    Uni<Void> removed(Mutiny.Session session, Kind kind, String name, String project) {
        return outbox.remove(session, Topic.CONFIG, kind.key(name), project);
    }

    Uni<Void> again(Mutiny.Session session, Stored stored) {
        return outbox.append(session, stored.event());
    }

    Uni<Void> republished(Mutiny.Session session, long records, Actor actor) {
        return outbox.append(
                session,
                entry(
                        actor,
                        "default",
                        "config.republished",
                        "config",
                        records + " records were published again",
                        null,
                        null));
    }

    void count(Kind kind, String action) {
        metrics.counter("longshore.config.changes", "kind", kind.toString(), "action", action)
                .increment();
    }

    private AuditRecorded entry(
            Actor actor,
            String project,
            String action,
            String resource,
            @Nullable String detail,
            @Nullable Map<String, Object> before,
            @Nullable Map<String, Object> after) {
        return new AuditRecorded(
                project,
                actor.name(),
                actor.address().orElse(null),
                actor.token().orElse(null),
                action,
                resource,
                Result.SUCCEEDED,
                detail,
                before,
                after,
                actor.traceId().orElse(null),
                clock.instant());
    }
}
