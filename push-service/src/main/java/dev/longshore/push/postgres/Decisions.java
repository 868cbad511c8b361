package dev.longshore.push.postgres;

import dev.longshore.events.DecisionEvent.ImageDecided;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.hibernate.reactive.mutiny.Mutiny;

/** The service's copy of the decisions, only to be shown with the images. */
@ApplicationScoped
public class Decisions {

    private static final String PUT = """
            insert into decision (id, action, decided_at) values (:id, :action, :decidedAt)
            on conflict (id) do update set action = excluded.action, decided_at = excluded.decided_at""";

    public Uni<Void> put(Mutiny.Session session, ImageDecided decision) {
        return session.createNativeQuery(PUT)
                .setParameter("id", decision.key())
                .setParameter("action", decision.action().name().toLowerCase(Locale.ROOT))
                .setParameter("decidedAt", decision.decidedAt())
                .executeUpdate()
                .replaceWithVoid();
    }

    public Uni<Void> remove(Mutiny.Session session, String key) {
        return session.createNativeQuery("delete from decision where id = :id")
                .setParameter("id", key)
                .executeUpdate()
                .replaceWithVoid();
    }
}
