package dev.longshore.replication.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Keeps two transactions that make a copy necessary together from each missing the other: a tag and its decision arrive on
 * two topics at the same moment, and neither would see the other's row. Held until the transaction ends.
 */
@ApplicationScoped
public class PlanningLocks {

    private static final int WHOLE = 7301;
    private static final int REPOSITORY = 7302;

    /** For what concerns one repository. */
    public Uni<Void> forRepository(Mutiny.Session session, String registry, String repository) {
        return session.createNativeQuery("""
                        select 1 from pg_advisory_xact_lock_shared(:whole, 0), pg_advisory_xact_lock(:each, hashtext(:name))""", Integer.class)
                .setParameter("whole", WHOLE)
                .setParameter("each", REPOSITORY)
                .setParameter("name", registry + "/" + repository)
                .getSingleResult()
                .replaceWithVoid();
    }

    /** For a change of the configuration: after it, whatever was stored before is seen by who plans. */
    public Uni<Void> forAll(Mutiny.Session session) {
        return session.createNativeQuery("select 1 from pg_advisory_xact_lock(:whole, 0)", Integer.class)
                .setParameter("whole", WHOLE)
                .getSingleResult()
                .replaceWithVoid();
    }
}
