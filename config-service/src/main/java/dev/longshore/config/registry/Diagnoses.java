package dev.longshore.config.registry;

import dev.longshore.config.domain.Stored;
import dev.longshore.config.domain.input.Choices;
import dev.longshore.kit.secrets.Secrets;
import dev.longshore.kit.work.BlockingCalls;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Finds out how far Longshore gets with a registry. Changes nothing there. */
@ApplicationScoped
public class Diagnoses {

    private final Vertx vertx;
    private final BlockingCalls blocking;
    private final Secrets secrets;
    private final MeterRegistry metrics;
    private final Clock clock = Clock.systemUTC();

    Diagnoses(Vertx vertx, BlockingCalls blocking, Secrets secrets, MeterRegistry metrics) {
        this.vertx = vertx;
        this.blocking = blocking;
        this.secrets = secrets;
        this.metrics = metrics;
    }

    public Uni<Diagnosis> diagnose(Stored registry) {
        var startedAt = clock.instant();
        var target = DiagnosisTarget.of(vertx, registry, secrets);
        return new DiagnosisRun(target, vertx, blocking)
                .run()
                .map(steps -> Diagnosis.of(registry.name(), registry.version(), startedAt, steps))
                .invoke(diagnosis -> metrics.counter(
                                "longshore.registry.diagnoses",
                                "registry",
                                registry.name(),
                                "outcome",
                                Choices.text(diagnosis.outcome()))
                        .increment())
                .eventually(target::close);
    }
}
