package dev.longshore.retention.domain.policy;

import dev.longshore.oci.Digest;
import dev.longshore.retention.domain.inventory.Graph;
import dev.longshore.retention.domain.inventory.StoredManifest;
import dev.longshore.retention.domain.inventory.StoredTag;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The tags as the rules see them. */
public final class Candidates {

    /** Builds that are to be the same every time set the clock to 1970 or 1980: that says nothing of when they ran. */
    private static final Instant FIRST_CREDIBLE = Instant.parse("2013-01-01T00:00:00Z");

    private final Graph graph;

    public Candidates(Graph graph) {
        this.graph = graph;
    }

    /** All tags but those that attach their manifest to another. */
    public List<Candidate> all() {
        return graph.manifests().keySet().stream()
                .flatMap(digest -> graph.tags(digest).stream())
                .filter(tag -> !graph.isAttachment(tag))
                .map(this::of)
                .toList();
    }

    private Candidate of(StoredTag tag) {
        var digest = tag.digest();
        return new Candidate(
                tag.tag(),
                digest,
                graph.subjects(digest).isEmpty(),
                tag.pushed(),
                created(digest),
                pulled(tag),
                SemanticVersion.parse(tag.tag()));
    }

    /** Of an index: when the last of its images was built, if that is known of all. */
    private Optional<Instant> created(Digest digest) {
        var own = credible(digest);
        if (own.isPresent() || graph.children(digest).isEmpty()) {
            return own;
        }
        var leaves = graph.withDescendants(digest).stream()
                .filter(descendant -> graph.children(descendant).isEmpty())
                .map(this::credible)
                .toList();
        return leaves.stream().allMatch(Optional::isPresent)
                ? leaves.stream().flatMap(Optional::stream).max(Comparator.naturalOrder())
                : Optional.empty();
    }

    private Optional<Instant> credible(Digest digest) {
        return Optional.ofNullable(graph.manifests().get(digest))
                .map(StoredManifest::createdAt)
                .filter(created -> !created.isBefore(FIRST_CREDIBLE));
    }

    /** By tag, or by digest, also that of one of its platforms. */
    private Optional<Instant> pulled(StoredTag tag) {
        var latest = graph.withDescendants(tag.digest()).stream()
                .map(digest -> graph.manifests().get(digest))
                .flatMap(manifest -> Optional.ofNullable(manifest).map(StoredManifest::lastPulledAt).stream())
                .max(Comparator.naturalOrder());
        return Optional.ofNullable(tag.lastPulledAt())
                .filter(byTag -> latest.isEmpty() || byTag.isAfter(latest.get()))
                .or(() -> latest);
    }
}
