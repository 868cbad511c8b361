package dev.longshore.push.postgres;

import dev.longshore.events.ImageEvent.ImagePulled;
import dev.longshore.kit.outbox.Outbox;
import dev.longshore.push.domain.Pull;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * When images were last pulled. Of many pulls in a row only one a minute is written and told, and one a day is put into
 * the inventory's records.
 */
@ApplicationScoped
public class Pulls {

    private static final Duration AT_MOST_EVERY = Duration.ofMinutes(1);
    private static final String MANIFEST = """
            update manifest set last_pulled_at = :at
            where id = :id and (last_pulled_at is null or last_pulled_at < :before)""";
    private static final String TAG = """
            update tag set last_pulled_at = :at
            where id = :id and manifest_id = :manifest and (last_pulled_at is null or last_pulled_at < :before)""";

    private static final Duration RECORDED_AT_MOST_EVERY = Duration.ofDays(1);
    private static final String RECORDED = """
            update %s set pull_told_at = :at, generation = nextval('inventory_generation')
            where id = :id and last_pulled_at = :at and (pull_told_at is null or pull_told_at <= :before)""";

    private final Outbox outbox;

    Pulls(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Emits false if the inventory does not know what was pulled. */
    public Uni<Boolean> record(Mutiny.Session session, Place place, Pull pull) {
        return recordTag(session, place, pull)
                .chain(tags -> update(session, MANIFEST, place.at(pull.digest()), pull.at())
                        .executeUpdate()
                        .map(manifests -> tags + manifests))
                .chain(updated -> updated > 0
                        ? tell(session, place, pull)
                                .chain(() -> recordAgain(session, place, pull))
                                .replaceWith(true)
                        : isKnown(session, place.at(pull.digest())));
    }

    private static Uni<Integer> recordTag(Mutiny.Session session, Place place, Pull pull) {
        if (pull.tag() == null) {
            return Uni.createFrom().item(0);
        }
        return update(session, TAG, place.tagged(pull.tag()), pull.at())
                .setParameter("manifest", place.at(pull.digest()))
                .executeUpdate();
    }

    private static Mutiny.MutationQuery update(Mutiny.Session session, String sql, String id, Instant at) {
        return session.createNativeQuery(sql)
                .setParameter("id", id)
                .setParameter("at", at)
                .setParameter("before", at.minus(AT_MOST_EVERY));
    }

    private Uni<Void> tell(Mutiny.Session session, Place place, Pull pull) {
        return outbox.append(
                session,
                new ImagePulled(
                        place.project(),
                        place.registry(),
                        place.repository(),
                        pull.digest(),
                        pull.tag(),
                        pull.at(),
                        pull.by()));
    }

    private Uni<Void> recordAgain(Mutiny.Session session, Place place, Pull pull) {
        var digest = place.at(pull.digest());
        var manifest = isDue(session, "manifest", digest, pull.at())
                .chain(isDue -> isDue
                        ? fresh(session, ManifestRow.class, digest).chain(row -> outbox.append(session, row.event()))
                        : Uni.createFrom().voidItem());
        if (pull.tag() == null) {
            return manifest;
        }
        var tag = place.tagged(pull.tag());
        return isDue(session, "tag", tag, pull.at())
                .chain(isDue -> isDue
                        ? fresh(session, TagRow.class, tag).chain(row -> outbox.append(session, row.event()))
                        : Uni.createFrom().voidItem())
                .chain(() -> manifest);
    }

    private static Uni<Boolean> isDue(Mutiny.Session session, String table, String id, Instant at) {
        return session.createNativeQuery(RECORDED.formatted(table))
                .setParameter("id", id)
                .setParameter("at", at)
                .setParameter("before", at.minus(RECORDED_AT_MOST_EVERY))
                .executeUpdate()
                .map(updated -> updated > 0);
    }

    /** As the database has it: what the session knows of it is from before the update. */
    private static <T> Uni<T> fresh(Mutiny.Session session, Class<T> type, String id) {
        return session.find(type, id).call(session::refresh);
    }

    private static Uni<Boolean> isKnown(Mutiny.Session session, String id) {
        return session.createNativeQuery("select count(*) from manifest where id = :id", Long.class)
                .setParameter("id", id)
                .getSingleResult()
                .map(count -> count > 0);
    }
}
