package dev.longshore.gateway.identity.account;

import dev.longshore.gateway.identity.NamedChanges;
import dev.longshore.gateway.identity.NamedChanges.Kind;
import dev.longshore.gateway.identity.NamedChanges.Wish;
import dev.longshore.gateway.identity.account.postgres.ServiceAccount;
import dev.longshore.gateway.identity.account.postgres.ServiceAccountRow.Content;
import dev.longshore.gateway.identity.account.postgres.ServiceAccountStore;
import dev.longshore.gateway.identity.domain.Changed;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Changes service accounts. Whoever does has to administer every project in which the account has a role. */
@ApplicationScoped
public class ServiceAccounts {

    public static final Kind KIND =
            new Kind("service-account", "service-accounts", "There is no service account of this name");

    private final NamedChanges changes;
    private final ServiceAccountStore store;
    private final ApiTokens tokens;

    ServiceAccounts(NamedChanges changes, ServiceAccountStore store, ApiTokens tokens) {
        this.changes = changes;
        this.store = store;
        this.tokens = tokens;
    }

    public Uni<Changed<ServiceAccount>> put(Wish wish, Content content) {
        wish.administered().require(List.of(content.project()));
        wish.administered().require(content.grants().byProject().keySet());
        return changes.put(KIND, store, wish, row -> row.write(content)).invoke(() -> tokens.forget(wish.name()));
    }

    /** Its tokens go with it. */
    public Uni<Void> delete(Wish wish) {
        return changes.delete(KIND, store, wish).invoke(() -> tokens.forget(wish.name()));
    }
}
