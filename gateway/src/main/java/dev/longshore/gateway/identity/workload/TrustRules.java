package dev.longshore.gateway.identity.workload;

import dev.longshore.gateway.identity.NamedChanges;
import dev.longshore.gateway.identity.NamedChanges.Kind;
import dev.longshore.gateway.identity.NamedChanges.Wish;
import dev.longshore.gateway.identity.domain.Changed;
import dev.longshore.gateway.identity.workload.domain.TrustRule;
import dev.longshore.gateway.identity.workload.postgres.ShownRule;
import dev.longshore.gateway.identity.workload.postgres.TrustRuleStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Changes trust rules, on behalf of who administers their project. */
@ApplicationScoped
public class TrustRules {

    public static final Kind KIND = new Kind("trust-rule", "trust-rules", "There is no trust rule of this name");

    private final NamedChanges changes;
    private final TrustRuleStore store;
    private final Workloads workloads;

    TrustRules(NamedChanges changes, TrustRuleStore store, Workloads workloads) {
        this.changes = changes;
        this.store = store;
        this.workloads = workloads;
    }

    public Uni<Changed<ShownRule>> put(Wish wish, TrustRule rule) {
        wish.administered().require(List.of(rule.project()));
        return changes.put(KIND, store, wish, row -> row.write(rule)).invoke(workloads::forget);
    }

    public Uni<Void> delete(Wish wish) {
        return changes.delete(KIND, store, wish).invoke(workloads::forget);
    }
}
