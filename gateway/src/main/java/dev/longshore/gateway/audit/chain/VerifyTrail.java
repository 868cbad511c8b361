package dev.longshore.gateway.audit.chain;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.audit.AuditConfig;
import dev.longshore.gateway.audit.checkpoint.Checkpoints;
import dev.longshore.gateway.audit.domain.Checkpoint;
import dev.longshore.gateway.audit.domain.Finding;
import dev.longshore.gateway.audit.domain.Link;
import dev.longshore.gateway.audit.domain.Seal;
import dev.longshore.gateway.audit.domain.Verification;
import dev.longshore.gateway.audit.domain.VerifyChain;
import dev.longshore.gateway.audit.key.AuditKey;
import dev.longshore.gateway.audit.postgres.AuditChain;
import dev.longshore.gateway.audit.segment.SealedSegments;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.kit.work.BlockingCalls;
import dev.longshore.oci.ForeignText;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.tuples.Tuple2;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Reads the whole chain, in portions, and compares it with the checkpoints that were signed. One at a time. */
@ApplicationScoped
public class VerifyTrail {

    private static final int PORTION = 5_000;

    private final AuditChain chain;
    private final SealedSegments segments;
    private final Checkpoints checkpoints;
    private final AuditKey key;
    private final BlockingCalls blocking;
    private final AuditConfig config;
    private final AtomicBoolean isRunning = new AtomicBoolean();

    VerifyTrail(
            AuditChain chain,
            SealedSegments segments,
            Checkpoints checkpoints,
            AuditKey key,
            BlockingCalls blocking,
            AuditConfig config) {
        this.segments = segments;
        this.chain = chain;
        this.checkpoints = checkpoints;
        this.key = key;
        this.blocking = blocking;
        this.config = config;
    }

    /** @param given signed checkpoints that someone kept elsewhere */
    public Uni<Verification> verify(List<String> given) {
        if (!isRunning.compareAndSet(false, true)) {
            throw new ProblemException(ErrorCode.CONFLICT, "The trail is being verified: ask again when that is done");
        }
        return checkpoints
                .stored()
                .chain(stored -> verify(stored, given))
                .ifNoItem()
                .after(config.verificationPatience())
                .fail()
                .eventually(() -> isRunning.set(false));
    }

    private Uni<Verification> verify(List<String> stored, List<String> given) {
        var signed = new ArrayList<Checkpoint>();
        var forged = new ArrayList<Finding>();
        for (var each : List.of(stored, given)) {
            each.forEach(text -> key.verified(text).ifPresentOrElse(signed::add, () -> forged.add(forged(text))));
        }
        var verification = new VerifyChain(key.seal(), 0, Seal.NOTHING, signed);
        return segments.verify(verification)
                .chain(last -> readFrom(last, verification))
                .map(_ -> verification.end().with(forged));
    }

    /** The next portion is read while one is hashed. */
    private Uni<Void> readFrom(long last, VerifyChain verification) {
        return chain.read(last, PORTION).chain(first -> {
            var pending = new AtomicReference<>(first);
            return Multi.createBy()
                    .repeating()
                    .uni(() -> Uni.combine()
                            .all()
                            .unis(blocking.call(() -> accept(verification, pending.get())), following(pending.get()))
                            .asTuple()
                            .map(Tuple2::getItem2)
                            .invoke(pending::set))
                    .whilst(next -> !next.isEmpty())
                    .collect()
                    .last()
                    .replaceWithVoid();
        });
    }

    private Uni<List<Link>> following(List<Link> links) {
        return links.size() < PORTION
                ? Uni.createFrom().item(List.of())
                : chain.read(links.getLast().number(), PORTION);
    }

    private static int accept(VerifyChain verification, List<Link> links) {
        links.forEach(verification::accept);
        return links.size();
    }

    private static Finding forged(String text) {
        var shown = ForeignText.bounded(text, 40);
        return new Finding(Finding.Kind.FORGED_CHECKPOINT, 0, null, "Not signed by this gateway: " + shown);
    }
}
