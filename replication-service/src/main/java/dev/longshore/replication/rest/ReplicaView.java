package dev.longshore.replication.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longshore.oci.Digest;
import dev.longshore.replication.postgres.Replica;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A verified copy.
 *
 * @param rule absent for a copy on demand
 * @param referrers that were copied with it
 * @param bytes that the last copy sent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReplicaView(
        String project,
        @Nullable String rule,
        String source,
        String target,
        String digest,
        List<String> referrers,
        long bytes,
        String execution,
        Instant copiedAt) {

    static ReplicaView from(Replica replica) {
        return new ReplicaView(
                replica.project(),
                replica.rule().isEmpty() ? null : replica.rule(),
                replica.source().toString(),
                replica.target().toString(),
                replica.digest().toString(),
                replica.referrers().stream().map(Digest::toString).sorted().toList(),
                replica.bytes(),
                replica.execution(),
                replica.copiedAt());
    }
}
