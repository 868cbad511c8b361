package dev.longshore.gateway.audit.segment;

import dev.longshore.gateway.audit.AuditConfig;
import dev.longshore.gateway.audit.checkpoint.Checkpoints;
import dev.longshore.gateway.audit.domain.Checkpoint;
import dev.longshore.gateway.audit.domain.Hash;
import dev.longshore.gateway.audit.domain.Link;
import dev.longshore.gateway.audit.domain.Seal;
import dev.longshore.gateway.audit.domain.Segment;
import dev.longshore.gateway.audit.domain.VerifyChain;
import dev.longshore.gateway.audit.key.AuditKey;
import dev.longshore.gateway.audit.postgres.AuditChain;
import dev.longshore.gateway.audit.postgres.Segments;
import dev.longshore.kit.work.BlockingCalls;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Takes old entries out of the store into a file under a seal. What is not as it was written is not taken out: a seal says
 * that the entries were verified.
 */
@ApplicationScoped
public class SealOldEntries {

    private static final Logger LOG = Logger.getLogger(SealOldEntries.class);
    private static final int PORTION = 5_000;
    private static final long MOST_IN_A_FILE = 1_000_000;
    private static final Duration LEAST_KEPT = Duration.ofDays(32);

    private final AuditChain chain;
    private final Segments segments;
    private final Checkpoints checkpoints;
    private final AuditKey key;
    private final BlockingCalls blocking;
    private final MeterRegistry meters;
    private final AuditConfig config;
    private final Clock clock = Clock.systemUTC();

    SealOldEntries(
            AuditChain chain,
            Segments segments,
            Checkpoints checkpoints,
            AuditKey key,
            BlockingCalls blocking,
            MeterRegistry meters,
            AuditConfig config) {
        this.chain = chain;
        this.segments = segments;
        this.checkpoints = checkpoints;
        this.key = key;
        this.blocking = blocking;
        this.meters = meters;
        this.config = config;
        config.keep().filter(kept -> kept.compareTo(LEAST_KEPT) < 0).ifPresent(kept -> {
            throw new IllegalArgumentException(
                    "longshore.audit.keep is at least 32 days, as events come again for so long, not " + kept);
        });
    }

    @Scheduled(every = "1h", delayed = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> seal() {
        return config.keep()
                .map(kept -> sealBefore(clock.instant().minus(kept)).replaceWithVoid())
                .orElseGet(() -> Uni.createFrom().voidItem())
                .onFailure()
                .invoke(failure -> {
                    LOG.errorf(failure, "Could not seal old audit entries");
                    meters.counter("longshore.audit.seal.failures").increment();
                });
    }

    /** Takes out what was appended before this, a file's worth at most. Emits the segment, if there was anything. */
    public Uni<Optional<Segment>> sealBefore(Instant cutoff) {
        return lastSealed()
                .chain(before -> segments.oldUpTo(cutoff)
                        .chain(last -> last <= before.number()
                                ? Uni.createFrom().item(Optional.<Segment>empty())
                                : seal(before, Math.min(last, before.number() + MOST_IN_A_FILE))
                                        .map(Optional::of)));
    }

    private record End(long number, Hash head) {}

    private Uni<End> lastSealed() {
        return segments.all()
                .map(seals -> seals.isEmpty()
                        ? new End(0, Seal.NOTHING)
                        : key.verifiedSegment(seals.getLast())
                                .map(segment -> new End(segment.last(), segment.head()))
                                .orElseThrow(() -> new IllegalStateException("The last segment's seal is forged")));
    }

    private Uni<Segment> seal(End before, long last) {
        var name = "audit-%012d-%012d.jsonl".formatted(before.number() + 1, last);
        return checkpoints
                .stored()
                .map(this::verified)
                .map(signed -> new VerifyChain(key.seal(), before.number(), before.head(), signed))
                .chain(verification -> write(before, last, config.segments().resolve(name), verification)
                        .map(digest -> segment(before, last, name, digest, verification)))
                .call(this::take);
    }

    private List<Checkpoint> verified(List<String> signed) {
        return signed.stream().map(key::verified).flatMap(Optional::stream).toList();
    }

    /** Emits the file's digest. */
    private Uni<String> write(End before, long last, Path path, VerifyChain verification) {
        var number = new AtomicLong(before.number());
        return blocking.call(() -> SegmentFile.create(path))
                .chain(file -> Multi.createBy()
                        .repeating()
                        .uni(() -> chain.read(number.get(), (int) Math.min(PORTION, last - number.get()))
                                .call(links -> blocking.call(() -> write(file, links, number, verification))))
                        .until(links -> links.isEmpty() || number.get() >= last)
                        .collect()
                        .last()
                        .chain(() -> blocking.call(file::finish))
                        .eventually(() -> blocking.call(() -> {
                            file.close();
                            return null;
                        })));
    }

    private static Void write(SegmentFile file, List<Link> links, AtomicLong number, VerifyChain verification)
            throws IOException {
        file.write(links);
        links.forEach(verification::accept);
        if (!links.isEmpty()) {
            number.set(links.getLast().number());
        }
        return null;
    }

    private Segment segment(End before, long last, String name, String digest, VerifyChain verification) {
        var head = verification.requireIntactUpTo(last);
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return new Segment(before.number() + 1, last, before.head(), head, name, digest, now);
    }

    /** The seal lies beside the file too, so that it can be verified without the store. */
    private Uni<Void> take(Segment segment) {
        var signed = key.sign(segment);
        return blocking.call(() -> {
                    Files.writeString(config.segments().resolve(segment.file() + ".jws"), signed + "\n");
                    return null;
                })
                .chain(() -> segments.seal(segment, signed))
                .invoke(() -> LOG.infof("Sealed audit entries %d to %d", segment.first(), segment.last()))
                .replaceWithVoid();
    }
}
