package dev.longshore.gateway.audit.chain;

import dev.longshore.gateway.audit.postgres.UnchainedEntries;
import dev.longshore.kit.work.Background;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Chains the entries of an installation that is older than the chain. */
@ApplicationScoped
class AdoptEntries {

    private final UnchainedEntries unchained;
    private final Background background;

    AdoptEntries(UnchainedEntries unchained, Background background) {
        this.unchained = unchained;
        this.background = background;
    }

    void adopt(@Observes StartupEvent started) {
        background.start(
                "chaining older audit entries",
                () -> Multi.createBy()
                        .repeating()
                        .uni(unchained::chainNext)
                        .until(chained -> chained == 0)
                        .collect()
                        .last()
                        .replaceWithVoid());
    }
}
