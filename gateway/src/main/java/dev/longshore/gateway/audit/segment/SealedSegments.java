package dev.longshore.gateway.audit.segment;

import dev.longshore.gateway.audit.AuditConfig;
import dev.longshore.gateway.audit.domain.Segment;
import dev.longshore.gateway.audit.domain.VerifyChain;
import dev.longshore.gateway.audit.key.AuditKey;
import dev.longshore.gateway.audit.postgres.Segments;
import dev.longshore.kit.work.BlockingCalls;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Verifies what was taken out: by its file if that is here, else by its seal. */
@ApplicationScoped
public class SealedSegments {

    private final Segments segments;
    private final AuditKey key;
    private final BlockingCalls blocking;
    private final Path folder;

    SealedSegments(Segments segments, AuditKey key, BlockingCalls blocking, AuditConfig config) {
        this.segments = segments;
        this.key = key;
        this.blocking = blocking;
        this.folder = config.segments();
    }

    /** Leads the verification to the first entry that is in the store. Emits the number of the last one before it. */
    public Uni<Long> verify(VerifyChain verification) {
        return segments.all().chain(seals -> blocking.call(() -> verify(verification, seals)));
    }

    private long verify(VerifyChain verification, List<String> seals) throws IOException {
        var last = 0L;
        for (var signed : seals) {
            var segment = key.verifiedSegment(signed);
            if (segment.isEmpty()) {
                verification.unsealed(last + 1, "The seal of a segment was not signed by this gateway");
            } else {
                verify(verification, segment.get());
                last = segment.get().last();
            }
        }
        return last;
    }

    private void verify(VerifyChain verification, Segment segment) throws IOException {
        var file = folder.resolve(Path.of(segment.file()).getFileName());
        if (!Files.exists(file)) {
            verification.accept(segment);
            return;
        }
        if (!SegmentFile.digest(file).equals(segment.fileDigest())) {
            verification.unsealed(
                    segment.first(), "The file %s is not the one that was sealed".formatted(file.getFileName()));
        }
        verification.begin(segment);
        try {
            SegmentFile.read(file, verification::accept);
        } catch (IllegalArgumentException _) {
            verification.unsealed(segment.first(), "The file %s cannot be read".formatted(file.getFileName()));
        }
        verification.end(segment);
    }
}
