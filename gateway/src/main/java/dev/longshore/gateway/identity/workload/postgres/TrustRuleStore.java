package dev.longshore.gateway.identity.workload.postgres;

import static jakarta.persistence.LockModeType.PESSIMISTIC_WRITE;

import dev.longshore.gateway.identity.workload.domain.TrustRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;

/** Trust rules by their names. */
@ApplicationScoped
public class TrustRuleStore {

    /** Somewhere to take a lock before the rule exists. */
    private static final String MAKE = """
            insert into trust_rule (name, project, issuer, audience, claims, roles, subject_claim, version, created_at,
                                    updated_at, updated_by)
            values (:name, '', '', '', '', '', '', 0, now(), now(), '') on conflict do nothing""";

    private final Mutiny.SessionFactory database;

    TrustRuleStore(Mutiny.SessionFactory database) {
        this.database = database;
    }

    /** Every rule, by name. */
    public Uni<List<TrustRule>> all() {
        return database.withSession(session -> session.createQuery(
                                "from TrustRuleRow where version > 0 order by name", TrustRuleRow.class)
                        .getResultList())
                .map(rows -> rows.stream().map(TrustRuleRow::rule).toList());
    }

    public Uni<Optional<ShownRule>> find(String name) {
        return database.withSession(session -> session.find(TrustRuleRow.class, name))
                .map(row -> Optional.ofNullable(row).flatMap(TrustRuleRow::shown));
    }

    /**
     * By name.
     *
     * @param projects only those of these; empty for all
     */
    public Uni<List<ShownRule>> list(Optional<Set<String>> projects, String after, int limit) {
        return database.withSession(session -> session.createQuery(
                                "from TrustRuleRow where name > :after and version > 0"
                                        + " and (:all = true or project in :projects) order by name",
                                TrustRuleRow.class)
                        .setParameter("after", after)
                        .setParameter("all", projects.isEmpty())
                        .setParameter("projects", List.copyOf(projects.orElse(Set.of(""))))
                        .setMaxResults(limit)
                        .getResultList())
                .map(rows -> rows.stream().flatMap(row -> row.shown().stream()).toList());
    }

    /** The rule, locked until the end of the transaction, whether or not there is one yet. */
    public Uni<TrustRuleRow> lockOrMake(Mutiny.Session session, String name) {
        return session.createNativeQuery(MAKE)
                .setParameter("name", name)
                .executeUpdate()
                .chain(() -> session.find(TrustRuleRow.class, name, PESSIMISTIC_WRITE));
    }

    public Uni<Optional<TrustRuleRow>> lock(Mutiny.Session session, String name) {
        return session.find(TrustRuleRow.class, name, PESSIMISTIC_WRITE)
                .map(row -> Optional.ofNullable(row).filter(each -> each.version > 0));
    }
}
