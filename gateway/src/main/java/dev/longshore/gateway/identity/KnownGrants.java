package dev.longshore.gateway.identity;

import dev.longshore.gateway.access.domain.Grants;
import dev.longshore.gateway.access.domain.Role;
import dev.longshore.gateway.access.postgres.Memberships;
import dev.longshore.gateway.identity.domain.Identity.Kind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;

/** All that someone may do, wherever it was said: of themselves, by their groups, as members of projects. */
@ApplicationScoped
public class KnownGrants {

    private final Map<String, String> rolesByGroup;
    private final Memberships memberships;

    KnownGrants(OidcConfig config, Memberships memberships) {
        this.memberships = memberships;
        this.rolesByGroup = Map.copyOf(config.roles());
        rolesByGroup.values().forEach(KnownGrants::role);
    }

    /** @param own what is said where the identity itself is kept */
    public Uni<Grants> of(Kind kind, String name, Set<String> groups, Grants own) {
        var all = groups.stream()
                .filter(rolesByGroup::containsKey)
                .map(group -> Grants.whole(role(rolesByGroup.getOrDefault(group, ""))))
                .reduce(own, Grants::and);
        return switch (kind) {
            case USER -> memberships.ofUser(name, groups).map(all::and);
            case SERVICE_ACCOUNT -> memberships.ofServiceAccount(name).map(all::and);
            case WORKLOAD, ANONYMOUS -> Uni.createFrom().item(all);
        };
    }

    private static Role role(String name) {
        return Role.of(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "longshore.oidc.roles names '%s', which is no role".formatted(name)));
    }
}
