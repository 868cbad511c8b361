package dev.longshore.push.postgres;

import dev.longshore.events.InventoryEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** The whole inventory, a batch at a time. */
@ApplicationScoped
public class InventoryBatches {

    private static final int BATCH = 200;

    /** The tags first: they refer to manifests. */
    private static final String REMOVE_TAGS = """
            delete from tag where id in (select id from tag where registry = :registry limit 200)
            returning 'tag/' || id, project""";

    private static final String REMOVE_MANIFESTS = """
            delete from manifest where id in (select id from manifest where registry = :registry limit 200)
            returning 'manifest/' || id, project""";

    /** One kind of entries. */
    public enum Kind {
        MANIFEST,
        TAG
    }

    /** @param last the id of the last of them; empty if there was none */
    public record Batch(List<InventoryEvent> entries, String last) {}

    /** An entry by its key on the inventory's topic. */
    public record Entry(String key, String project) {}

    /** Locked against changes, so that what is published of them is not older than what was published before. */
    public Uni<Batch> after(Mutiny.Session session, Kind kind, String id) {
        return switch (kind) {
            case MANIFEST ->
                rows(session, "from ManifestRow r where r.id > :after order by r.id", ManifestRow.class, id)
                        .map(rows -> new Batch(
                                rows.stream().map(ManifestRow::event).toList(),
                                rows.isEmpty() ? "" : rows.getLast().id));
            case TAG ->
                rows(session, "from TagRow r where r.id > :after order by r.id", TagRow.class, id)
                        .map(rows -> new Batch(
                                rows.stream().map(TagRow::event).toList(), rows.isEmpty() ? "" : rows.getLast().id));
        };
    }

    /** Removes some of a registry's entries and emits them; nothing once all are gone. */
    public Uni<List<Entry>> removeSome(Mutiny.Session session, String registry) {
        return remove(session, REMOVE_TAGS, registry)
                .chain(tags -> tags.isEmpty()
                        ? remove(session, REMOVE_MANIFESTS, registry)
                        : Uni.createFrom().item(tags));
    }

    private static Uni<List<Entry>> remove(Mutiny.Session session, String sql, String registry) {
        return session.createNativeQuery(sql, Object[].class)
                .setParameter("registry", registry)
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> new Entry((String) row[0], (String) row[1]))
                        .toList());
    }

    private static <T> Uni<List<T>> rows(Mutiny.Session session, String query, Class<T> type, String after) {
        return session.createSelectionQuery(query, type)
                .setParameter("after", after)
                .setMaxResults(BATCH)
                .setLockMode(LockModeType.PESSIMISTIC_READ)
                .getResultList();
    }
}
