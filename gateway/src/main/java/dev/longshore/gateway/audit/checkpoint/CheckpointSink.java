package dev.longshore.gateway.audit.checkpoint;

import io.smallrye.mutiny.Uni;
import java.time.Instant;

/** A place outside the gateway's database where checkpoints are kept. */
interface CheckpointSink {

    /** For the log and the metrics. */
    String name();

    /** Whether the installation has such a place. */
    boolean isConfigured();

    /** Emits once it is there; the same one may come twice. */
    Uni<Void> write(String signed, Instant madeAt);
}
