package dev.longshore.gateway.audit.checkpoint;

import dev.longshore.gateway.audit.domain.Checkpoint;
import dev.longshore.gateway.audit.key.AuditKey;
import dev.longshore.gateway.audit.postgres.AuditChain;
import dev.longshore.gateway.audit.postgres.CheckpointTable;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jboss.logging.Logger;

/** Makes checkpoints, and brings each to all its places, as often as that takes. */
@ApplicationScoped
public class Checkpoints {

    private static final Logger LOG = Logger.getLogger(Checkpoints.class);

    private final AuditChain chain;
    private final AuditKey key;
    private final CheckpointTable table;
    private final FolderSink folder;
    private final List<CheckpointSink> sinks;
    private final MeterRegistry meters;
    private final Clock clock = Clock.systemUTC();

    Checkpoints(
            AuditChain chain,
            AuditKey key,
            CheckpointTable table,
            FolderSink folder,
            @All List<CheckpointSink> sinks,
            MeterRegistry meters) {
        this.chain = chain;
        this.key = key;
        this.table = table;
        this.folder = folder;
        this.sinks = sinks.stream().filter(CheckpointSink::isConfigured).toList();
        this.meters = meters;
    }

    /** Signs the end of the chain if it has grown, and delivers what is not delivered. */
    @Scheduled(
            every = "${longshore.audit.checkpoint-every:1m}",
            delayed = "10s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public Uni<Void> make() {
        return chain.head()
                .chain(head -> head.number() == 0
                        ? Uni.createFrom().voidItem()
                        : table.add(
                                head.number(), key.sign(new Checkpoint(head.number(), head.hash(), clock.instant()))))
                .chain(() -> deliverAll());
    }

    /** All that are known here, from the database and from the folder; what one of them lost, the other still has. */
    public Uni<List<String>> stored() {
        return table.all()
                .chain(ofTable -> folder.read().map(ofFolder -> {
                    var both = new LinkedHashSet<>(ofTable);
                    both.addAll(ofFolder);
                    return List.copyOf(both);
                }));
    }

    private Uni<Void> deliverAll() {
        return table.undelivered()
                .onItem()
                .transformToMulti(found -> Multi.createFrom().iterable(found))
                .onItem()
                .transformToUniAndConcatenate(each -> deliver(each).call(() -> table.delivered(each.count())))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> deliver(CheckpointTable.Stored checkpoint) {
        var writes = new ArrayList<Uni<Void>>();
        sinks.forEach(sink -> writes.add(sink.write(checkpoint.signed(), checkpoint.madeAt())
                .onFailure()
                .invoke(failure -> {
                    LOG.errorf("The %s did not take the audit checkpoint: %s", sink.name(), failure);
                    meters.counter("longshore.audit.checkpoint.failures", "sink", sink.name())
                            .increment();
                })));
        return Multi.createFrom()
                .iterable(writes)
                .onItem()
                .transformToUniAndConcatenate(write -> write)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
