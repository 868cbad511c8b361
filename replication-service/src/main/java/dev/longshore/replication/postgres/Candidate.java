package dev.longshore.replication.postgres;

import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.oci.Digest;
import dev.longshore.replication.domain.Known;
import dev.longshore.replication.domain.Known.Copied;
import dev.longshore.replication.domain.Known.Owners;
import dev.longshore.replication.domain.Known.TargetMode;
import dev.longshore.replication.domain.SourceTag;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A tag that a rule may select, with what is known of it. */
public record Candidate(SourceTag tag, Known known) {

    static Candidate from(String registry, TargetMode target, Owners owners, Tuple row) {
        var digest = Digest.parse(row.get("digest", String.class));
        var tag = new SourceTag(
                registry,
                row.get("repository", String.class),
                row.get("tag", String.class),
                digest,
                Instant.ofEpochMilli(row.get("pushed_at", Number.class).longValue()));
        var copied = Optional.of(row.get("copied", String.class))
                .filter(text -> !text.isEmpty())
                .map(text -> new Copied(Digest.parse(text), digests(row, "copied_referrers")));
        var decision = Optional.of(row.get("action", String.class))
                .filter(text -> !text.isEmpty())
                .map(Action::valueOf);
        return new Candidate(tag, new Known(target, owners, decision, digests(row, "referrers"), copied));
    }

    private static Set<Digest> digests(Tuple row, String column) {
        return Stream.of(row.get(column, String.class).split(" "))
                .filter(text -> !text.isEmpty())
                .map(Digest::parse)
                .collect(Collectors.toSet());
    }
}
