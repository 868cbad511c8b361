package dev.longshore.push.postgres;

import dev.longshore.events.ImageEvent.ImagePulled;
import dev.longshore.kit.outbox.Outbox;
import dev.longshore.push.domain.Pull;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.hibernate.reactive.mutiny.Mutiny;

/** When images were last pulled. Of many pulls in a row only one a minute is written and told. */
@ApplicationScoped
public class Pulls {

    private static final Duration AT_MOST_EVERY = Duration.ofMinutes(1);
    private static final String MANIFEST = """
            update manifest set last_pulled_at = :at
            where id = :id and (last_pulled_at is null or last_pulled_at < :before)""";
    private static final String TAG = """
            update tag set last_pulled_at = :at
            where id = :id and manifest_id = :manifest and (last_pulled_at is null or last_pulled_at < :before)""";

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
                        ? tell(session, place, pull).replaceWith(true)
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

    private static Uni<Boolean> isKnown(Mutiny.Session session, String id) {
        return session.createNativeQuery("select count(*) from manifest where id = :id", Long.class)
                .setParameter("id", id)
                .getSingleResult()
                .map(count -> count > 0);
    }
}
