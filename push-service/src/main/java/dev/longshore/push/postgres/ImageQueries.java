package dev.longshore.push.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.longshore.kit.event.StoredJson;
import dev.longshore.kit.http.Access;
import dev.longshore.oci.Descriptor;
import dev.longshore.oci.MediaType;
import dev.longshore.oci.Platform;
import dev.longshore.oci.Reference;
import dev.longshore.push.postgres.ImageFound.Child;
import dev.longshore.push.postgres.ImageFound.Decided;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The inventory as people ask for it. */
@ApplicationScoped
public class ImageQueries {

    private static final String IMAGES = """
            select m.*, t.tags, r.referrers, c.children_size, c.children_known, d.action, d.decided_at
            from manifest m
            left join decision d on d.id = m.id
            cross join lateral (
                select array_agg(tag order by pushed_at desc, tag) as tags
                from tag where manifest_id = m.id) t
            cross join lateral (
                select count(*) as referrers from manifest f
                where f.registry = m.registry and f.repository = m.repository and f.subject = m.digest) r
            cross join lateral (
                select sum(k.content_size) as children_size, array_agg(k.digest) as children_known
                from json_array_elements(m.children::json) e
                join manifest k on k.id = m.registry || '/' || m.repository || '@' || (e ->> 'digest')) c
            """;

    private static final String SEARCH = """
            select id, registry, repository, tag, digest, pushed_at from tag
            where id ilike '%' || $1 || '%' and id > $2
              and ('*' = any($4) or project = any($4))
            order by id limit $3""";

    private static final String VISIBLE = " and ('*' = any($%d) or m.project = any($%d))";

    private final Pool pool;

    ImageQueries(Pool pool) {
        this.pool = pool;
    }

    /** A tag, as a search finds it. */
    public record TagFound(
            String reference, String registry, String repository, String tag, String digest, Instant pushedAt) {}

    public Uni<Optional<ImageFound>> find(String registry, Reference reference, Access access) {
        var id = registry + "/" + reference;
        var where = switch (reference) {
            case Reference.Pinned _ -> "where m.id = $1";
            case Reference.Tagged _ -> "where m.id = (select manifest_id from tag where id = $1)";
        };
        return pool.preparedQuery(IMAGES + where + VISIBLE.formatted(2, 2))
                .execute(Tuple.of(id, access.names()))
                .map(rows -> list(rows).stream().findFirst());
    }

    /** In the order of their ids; one more than asked for, if there is one. Empty texts filter nothing. */
    public Uni<List<ImageFound>> list(String registry, String repository, String after, int limit, Access access) {
        return pool.preparedQuery(IMAGES + """
                        where ($1 = '' or m.registry = $1) and ($2 = '' or m.repository = $2) and m.id > $3
                        """ + VISIBLE.formatted(5, 5) + " order by m.id limit $4")
                .execute(Tuple.of(registry, repository, after, limit + 1, access.names()))
                .map(ImageQueries::list);
    }

    /** Tags whose reference holds the text; one more than asked for, if there is one. */
    public Uni<List<TagFound>> search(String text, String after, int limit, Access access) {
        return pool.preparedQuery(SEARCH)
                .execute(Tuple.of(text.replaceAll("([\\\\%_])", "\\\\$1"), after, limit + 1, access.names()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new TagFound(
                                row.getString("id"),
                                row.getString("registry"),
                                row.getString("repository"),
                                row.getString("tag"),
                                row.getString("digest"),
                                row.getOffsetDateTime("pushed_at").toInstant()))
                        .toList());
    }

    private static List<ImageFound> list(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(ImageQueries::image)
                .toList();
    }

    private static ImageFound image(Row row) {
        var children = StoredJson.read(row.getString("children"), new TypeReference<List<Descriptor>>() {});
        var known = Set.copyOf(texts(row, "children_known"));
        var childrenSize = Optional.ofNullable(row.getBigDecimal("children_size"))
                .map(size -> size.longValue())
                .orElse(0L);
        var pulledAt = instant(row, "last_pulled_at");
        return new ImageFound(
                row.getString("id"),
                row.getString("project"),
                row.getString("registry"),
                row.getString("repository"),
                texts(row, "tags"),
                row.getString("digest"),
                row.getString("media_type"),
                row.getString("artifact_type"),
                StoredJson.read(row.getString("platforms"), new TypeReference<List<Platform>>() {}),
                row.getLong("content_size") + childrenSize,
                StoredJson.read(row.getString("labels"), new TypeReference<Map<String, String>>() {}),
                instant(row, "created_at"),
                row.getOffsetDateTime("pushed_at").toInstant(),
                row.getString("pushed_by"),
                pulledAt,
                children.stream().map(child -> child(child, known)).toList(),
                row.getString("subject"),
                row.getLong("referrers"),
                row.getString("action") == null
                        ? null
                        : new Decided(
                                row.getString("action"),
                                row.getOffsetDateTime("decided_at").toInstant()));
    }

    private static Child child(Descriptor child, Set<String> known) {
        var missing = MediaType.isManifest(child.mediaType())
                && !known.contains(child.digest().toString());
        return new Child(
                child.digest().toString(),
                child.mediaType(),
                child.platform() == null ? null : child.platform().toString(),
                missing);
    }

    private static @Nullable Instant instant(Row row, String column) {
        var value = row.getOffsetDateTime(column);
        return value == null ? null : value.toInstant();
    }

    private static List<String> texts(Row row, String column) {
        var values = row.getArrayOfStrings(column);
        return values == null ? List.of() : List.of(values);
    }
}
