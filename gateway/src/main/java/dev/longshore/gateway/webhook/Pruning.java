package dev.longshore.gateway.webhook;

import dev.longshore.gateway.webhook.postgres.Deliveries;
import dev.longshore.gateway.webhook.postgres.WebhookRegistries;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;

/** Forgets old deliveries, and registries that were removed long ago. Any number of gateways may do it at once. */
@ApplicationScoped
public class Pruning {

    private final Deliveries deliveries;
    private final WebhookRegistries registries;
    private final WebhookConfig config;
    private final Clock clock = Clock.systemUTC();

    Pruning(Deliveries deliveries, WebhookRegistries registries, WebhookConfig config) {
        this.deliveries = deliveries;
        this.registries = registries;
        this.config = config;
    }

    @Scheduled(every = "1h", delayed = "2m")
    public Uni<Void> prune() {
        var now = OffsetDateTime.now(clock);
        return Multi.createBy()
                .repeating()
                .uni(() -> deliveries.pruneReceivedBefore(now.minus(config.keptFor())))
                .until(removed -> removed == 0)
                .collect()
                .last()
                .chain(() -> registries.forgetRemovedBefore(now.minus(config.removedKnownFor())))
                .replaceWithVoid();
    }
}
