package dev.longshore.gateway.identity.workload.postgres;

import dev.longshore.gateway.identity.postgres.NamedStore;
import dev.longshore.gateway.identity.workload.domain.TrustRule;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Trust rules by their names. */
@Singleton
public class TrustRuleStore extends NamedStore<TrustRuleRow, ShownRule> {

    private static final String MAKE = """
            insert into trust_rule (name, project, issuer, audience, claims, roles, subject_claim, version, created_at,
                                    updated_at, updated_by)
            values (:name, '', '', '', '', '', '', 0, now(), now(), '') on conflict do nothing""";

    private final Mutiny.SessionFactory database;

    TrustRuleStore(Mutiny.SessionFactory database) {
        super(database, TrustRuleRow.class, MAKE);
        this.database = database;
    }

    /** Every rule, by name. */
    public Uni<List<TrustRule>> all() {
        return database.withSession(session -> session.createQuery(
                                "from TrustRuleRow where version > 0 order by name", TrustRuleRow.class)
                        .getResultList())
                .map(rows -> rows.stream().map(TrustRuleRow::rule).toList());
    }
}
