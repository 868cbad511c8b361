package dev.longshore.retention.postgres;

import dev.longshore.oci.Digest;
import dev.longshore.oci.Reference;
import jakarta.persistence.Tuple;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A manifest as it was before it was deleted: the very bytes.
 *
 * @param deletion of the plan
 */
public record RetiredManifest(
        long deletion,
        String plan,
        String project,
        String registry,
        String repository,
        Digest digest,
        List<String> tags,
        String mediaType,
        byte[] content) {

    public RetiredManifest {
        tags = List.copyOf(tags);
    }

    public Reference.Pinned reference() {
        return new Reference.Pinned(repository, digest);
    }

    static RetiredManifest from(Tuple row) {
        return new RetiredManifest(
                row.get("deletion_id", Number.class).longValue(),
                row.get("plan_id", String.class),
                row.get("project", String.class),
                row.get("registry", String.class),
                row.get("repository", String.class),
                Digest.parse(row.get("digest", String.class)),
                Stream.of(row.get("tags", String.class).split(" "))
                        .filter(tag -> !tag.isEmpty())
                        .toList(),
                row.get("media_type", String.class),
                row.get("content", byte[].class));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RetiredManifest that
                && deletion == that.deletion
                && digest.equals(that.digest)
                && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(deletion);
    }

    @Override
    public String toString() {
        return "%s/%s@%s".formatted(registry, repository, digest);
    }
}
