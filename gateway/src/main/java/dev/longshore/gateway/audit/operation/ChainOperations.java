package dev.longshore.gateway.audit.operation;

import dev.longshore.gateway.audit.AuditConfig;
import dev.longshore.gateway.audit.postgres.AskedTable;
import dev.longshore.gateway.audit.postgres.RefusedTable;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/** Brings what was asked and refused at the door into the chain, a second after it is known how it ended. */
@ApplicationScoped
class ChainOperations {

    private final AskedTable asked;
    private final RefusedTable refused;
    private final AuditConfig config;

    ChainOperations(AskedTable asked, RefusedTable refused, AuditConfig config) {
        this.asked = asked;
        this.refused = refused;
        this.config = config;
    }

    @Scheduled(every = "1s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> chain() {
        return refused.moveAsked(config.refusalWindow())
                .chain(() -> untilNone(() -> asked.chainNext(config.answerPatience())))
                .chain(() -> untilNone(() -> refused.chainNext(config.refusalWindow())));
    }

    private static Uni<Void> untilNone(Supplier<Uni<? extends Integer>> portion) {
        return Multi.createBy()
                .repeating()
                .uni(portion)
                .until(chained -> chained == 0)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
