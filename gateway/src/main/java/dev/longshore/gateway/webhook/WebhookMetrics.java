package dev.longshore.gateway.webhook;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.webhook.domain.Delivery;
import dev.longshore.gateway.webhook.domain.Uselessness;
import dev.longshore.kit.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Notifications by registry and outcome, and how long the registry waited for the answer. */
@ApplicationScoped
class WebhookMetrics {

    private final MeterRegistry meters;

    WebhookMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** A refused one has no registry here: a stranger must not make up series. */
    void count(@Nullable Delivery delivery, @Nullable Throwable failure, Duration taken) {
        Timer.builder("longshore.webhooks")
                .description("Notifications of registries, answered")
                .tag("registry", delivery == null ? "" : delivery.registry())
                .tag("outcome", outcome(delivery, failure))
                .register(meters)
                .record(taken);
    }

    private static String outcome(@Nullable Delivery delivery, @Nullable Throwable failure) {
        if (delivery != null) {
            return delivery.uselessness().map(Uselessness::toString).orElse("received");
        }
        var isStranger =
                failure instanceof ProblemException problem && problem.code() == ErrorCode.WEBHOOK_NOT_AUTHENTIC;
        return isStranger ? "not-authentic" : "not-stored";
    }
}
