package dev.longshore.retention.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** The deletions of plans, in the order in which they are done. */
@ApplicationScoped
public class Deletions {

    private static final String SELECT =
            "select id, plan_id, project, registry, repository, deletion, state from plan_deletion ";

    /** A repository of a plan and where in it something is to be deleted. */
    public record Place(String registry, String repository) {}

    public Uni<Optional<PlannedDeletion>> find(Mutiny.Session session, long id) {
        return session.createNativeQuery(SELECT + "where id = :id", Tuple.class)
                .setParameter("id", id)
                .getSingleResultOrNull()
                .map(row -> Optional.ofNullable(row).map(PlannedDeletion::from));
    }

    /** Those after this one, in order. */
    public Uni<List<PlannedDeletion>> after(Mutiny.Session session, String plan, long after, int limit) {
        return session.createNativeQuery(
                        SELECT + "where plan_id = :plan and id > :after order by id limit :limit", Tuple.class)
                .setParameter("plan", plan)
                .setParameter("after", after)
                .setParameter("limit", limit)
                .getResultList()
                .map(rows -> rows.stream().map(PlannedDeletion::from).toList());
    }

    /** One repository of each registry in which the plan deletes: whom to ask whether it deletes at all. */
    public Uni<List<Place>> places(Mutiny.Session session, String plan) {
        return session.createNativeQuery(
                        "select registry, min(repository) as repository from plan_deletion where plan_id = :plan group by registry order by registry",
                        Tuple.class)
                .setParameter("plan", plan)
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> new Place(row.get("registry", String.class), row.get("repository", String.class)))
                        .toList());
    }

    /** @param state {@code deleted}, {@code kept} or {@code failed} */
    public Uni<Void> settle(Mutiny.Session session, long id, String state, String code, String text) {
        return session.createNativeQuery("""
                        update plan_deletion set state = :state, outcome_code = nullif(:code, ''), outcome = nullif(:text, ''),
                            settled_at = now() where id = :id""")
                .setParameter("state", state)
                .setParameter("code", code)
                .setParameter("text", text)
                .setParameter("id", id)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** All of the plan in one repository. */
    public Uni<List<PlannedDeletion>> of(Mutiny.Session session, String plan, String registry, String repository) {
        return session.createNativeQuery(SELECT + """
                        where plan_id = :plan and registry = :registry and repository = :repository order by id""", Tuple.class)
                .setParameter("plan", plan)
                .setParameter("registry", registry)
                .setParameter("repository", repository)
                .getResultList()
                .map(rows -> rows.stream().map(PlannedDeletion::from).toList());
    }
}
