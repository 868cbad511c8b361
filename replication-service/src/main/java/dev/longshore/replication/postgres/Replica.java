package dev.longshore.replication.postgres;

import dev.longshore.oci.Digest;
import dev.longshore.oci.ImageReference;
import dev.longshore.oci.Reference;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A copy that was made and verified.
 *
 * @param rule empty for a copy on demand
 * @param digest of source and target alike
 */
public record Replica(
        String project,
        String rule,
        ImageReference source,
        ImageReference target,
        Digest digest,
        Set<Digest> referrers,
        long bytes,
        String execution,
        Instant copiedAt) {

    public Replica {
        referrers = Set.copyOf(referrers);
    }

    static Replica from(Tuple row) {
        return new Replica(
                row.get("project", String.class),
                row.get("rule", String.class),
                reference(row, "source"),
                reference(row, "target"),
                Digest.parse(row.get("digest", String.class)),
                Stream.of(row.get("referrers", String.class).split(" "))
                        .filter(text -> !text.isEmpty())
                        .map(Digest::parse)
                        .collect(Collectors.toSet()),
                row.get("bytes", Number.class).longValue(),
                row.get("execution", String.class),
                Instant.ofEpochMilli(row.get("copied_at", Number.class).longValue()));
    }

    private static ImageReference reference(Tuple row, String side) {
        return new ImageReference(
                row.get(side + "_registry", String.class),
                Reference.of(row.get(side + "_repository", String.class), row.get(side + "_reference", String.class)));
    }
}
