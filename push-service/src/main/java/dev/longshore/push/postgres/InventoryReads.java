package dev.longshore.push.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.longshore.kit.event.StoredJson;
import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.Reference;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What of the inventory is asked for while a registry is read. No transaction is open then. */
@ApplicationScoped
public class InventoryReads {

    private static final String REFERENCES = """
            select tag as reference from tag where registry = $1 and repository = $2
            union all select digest from manifest where registry = $1 and repository = $2""";

    private static final String UNTAGGED = """
            select digest from manifest m where registry = $1 and repository = $2
            and not exists (select 1 from tag where manifest_id = m.id)""";

    private final Pool pool;

    InventoryReads(Pool pool) {
        this.pool = pool;
    }

    /** The children of a manifest, which an image has none of; empty if the manifest is not known. */
    public Uni<Optional<List<Descriptor>>> children(Place place, Digest digest) {
        return pool.preparedQuery("select children from manifest where id = $1")
                .execute(Tuple.of(place.at(digest)))
                .map(rows -> rows(rows)
                        .map(row ->
                                StoredJson.read(row.getString("children"), new TypeReference<List<Descriptor>>() {}))
                        .findFirst());
    }

    /** Those of the digests that are known. */
    public Uni<Set<Digest>> known(Place place, Collection<Digest> digests) {
        if (digests.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        return pool.preparedQuery("select digest from manifest where id = any($1)")
                .execute(Tuple.of(digests.stream().map(place::at).toArray(String[]::new)))
                .map(rows -> rows(rows)
                        .map(row -> Digest.parse(row.getString("digest")))
                        .collect(Collectors.toSet()));
    }

    /** All tags and digests known of a repository. */
    public Uni<List<Reference>> references(Place place) {
        return pool.preparedQuery(REFERENCES)
                .execute(Tuple.of(place.registry(), place.repository()))
                .map(rows -> rows(rows)
                        .map(row -> Reference.of(place.repository(), row.getString("reference")))
                        .toList());
    }

    /** What each tag of a repository pointed at when it was last read. */
    public Uni<Map<String, Digest>> tags(Place place) {
        return pool.preparedQuery("select tag, digest from tag where registry = $1 and repository = $2")
                .execute(Tuple.of(place.registry(), place.repository()))
                .map(rows -> {
                    var tags = new HashMap<String, Digest>();
                    rows.forEach(row -> tags.put(row.getString("tag"), Digest.parse(row.getString("digest"))));
                    return tags;
                });
    }

    /** The manifests of a repository that no tag points at: children, and what was overtaken or pushed by digest. */
    public Uni<Set<Digest>> untagged(Place place) {
        return pool.preparedQuery(UNTAGGED)
                .execute(Tuple.of(place.registry(), place.repository()))
                .map(rows -> rows(rows)
                        .map(row -> Digest.parse(row.getString("digest")))
                        .collect(Collectors.toSet()));
    }

    /** The repositories that have manifests. */
    public Uni<Set<String>> repositories(String registry) {
        return pool.preparedQuery("select distinct repository from manifest where registry = $1")
                .execute(Tuple.of(registry))
                .map(rows -> rows(rows).map(row -> row.getString("repository")).collect(Collectors.toSet()));
    }

    private static Stream<Row> rows(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }
}
