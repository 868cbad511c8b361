package dev.longshore.retention.postgres;

import dev.longshore.kit.http.Access;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** The plans, without what they say of each image. */
@ApplicationScoped
public class Plans {

    private static final String SELECT = """
            select id, project, policy, policy_version, requested_by, state, apply_at_once, known_to, execution, applied_by,
                   error_code, error, cast(created_at as timestamptz) as created_at,
                   cast(planned_at as timestamptz) as planned_at, cast(applied_at as timestamptz) as applied_at
            from plan
            """;

    public Uni<Void> add(Mutiny.Session session, Plan plan) {
        return session.createNativeQuery("""
                        insert into plan (id, project, policy, policy_version, requested_by, state, apply_at_once, known_to)
                        values (:id, :project, :policy, :version, :requestedBy, :state, :applyAtOnce, :knownTo)""")
                .setParameter("id", plan.id())
                .setParameter("project", plan.project())
                .setParameter("policy", plan.policy())
                .setParameter("version", plan.policyVersion())
                .setParameter("requestedBy", plan.requestedBy())
                .setParameter("state", plan.state().toString())
                .setParameter("applyAtOnce", plan.applyAtOnce())
                .setParameter("knownTo", KnownTo.write(plan.knownTo()))
                .executeUpdate()
                .replaceWithVoid();
    }

    public Uni<Optional<Plan>> find(Mutiny.Session session, String id) {
        return session.createNativeQuery(SELECT + "where id = :id", Tuple.class)
                .setParameter("id", id)
                .getSingleResultOrNull()
                .map(row -> Optional.ofNullable(row).map(Plan::from));
    }

    /** Held until the session's transaction ends: one person applies it, and one task is the last. */
    public Uni<Optional<Plan>> lock(Mutiny.Session session, String id) {
        return session.createNativeQuery(SELECT + "where id = :id for update", Tuple.class)
                .setParameter("id", id)
                .getSingleResultOrNull()
                .map(row -> Optional.ofNullable(row).map(Plan::from));
    }

    /** Newest first; of all policies if none is named. Ids are in the order of their making. */
    public Uni<List<Plan>> page(Mutiny.Session session, String policy, String before, int limit, Access access) {
        return session.createNativeQuery(SELECT + """
                        where (:policy = '' or policy = :policy) and (:before = '' or id < :before)
                          and ('*' = any(string_to_array(:projects, ',')) or project = any(string_to_array(:projects, ',')))
                        order by id desc limit :limit""", Tuple.class)
                .setParameter("policy", policy)
                .setParameter("before", before)
                .setParameter("projects", String.join(",", access.visible()))
                .setParameter("limit", limit)
                .getResultList()
                .map(rows -> rows.stream().map(Plan::from).toList());
    }

    public Uni<Void> planned(Mutiny.Session session, String id) {
        return session.createNativeQuery("update plan set state = 'planned', planned_at = now() where id = :id")
                .setParameter("id", id)
                .executeUpdate()
                .replaceWithVoid();
    }

    public Uni<Void> failed(Mutiny.Session session, String id, String code, String reason) {
        return session.createNativeQuery("""
                        update plan set state = 'failed', error_code = :code, error = :reason where id = :id""")
                .setParameter("code", code)
                .setParameter("reason", reason)
                .setParameter("id", id)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Says why a plan that was to be applied as soon as it was made is not. */
    public Uni<Void> notApplied(Mutiny.Session session, String id, String code, String reason) {
        return session.createNativeQuery("update plan set error_code = :code, error = :reason where id = :id")
                .setParameter("code", code)
                .setParameter("reason", reason)
                .setParameter("id", id)
                .executeUpdate()
                .replaceWithVoid();
    }

    public Uni<Void> applying(Mutiny.Session session, String id, String execution, String appliedBy) {
        return session.createNativeQuery("""
                        update plan set state = 'applying', execution = :execution, applied_by = :appliedBy,
                            error_code = null, error = null where id = :id""")
                .setParameter("execution", execution)
                .setParameter("appliedBy", appliedBy)
                .setParameter("id", id)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** If nothing of it is left to do. The plan should be locked. */
    public Uni<Void> appliedIfDone(Mutiny.Session session, String id) {
        return session.createNativeQuery("""
                        update plan set state = 'applied', applied_at = now()
                        where id = :id and state = 'applying'
                          and not exists (select 1 from plan_deletion d where d.plan_id = plan.id and d.state = 'planned')""")
                .setParameter("id", id)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Old plans with all that they say, and old records of what was deleted. */
    public Uni<Integer> prune(Mutiny.Session session, long keptSeconds) {
        return session.createNativeQuery("""
                        delete from plan where created_at < now() - make_interval(secs => cast(:seconds as double precision))
                          and state <> 'applying'""")
                .setParameter("seconds", keptSeconds)
                .executeUpdate()
                .chain(plans -> session.createNativeQuery("""
                                delete from retired_manifest
                                where recorded_at < now() - make_interval(secs => cast(:seconds as double precision))""")
                        .setParameter("seconds", keptSeconds)
                        .executeUpdate()
                        .map(records -> plans + records));
    }
}
