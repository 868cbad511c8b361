package dev.longshore.gateway.identity.user.rest;

import dev.longshore.gateway.access.domain.Role;
import dev.longshore.gateway.identity.domain.Identity;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whose request it was.
 *
 * @param roles by project; {@code *} is the whole installation
 * @param paths what its token is for; empty for all
 */
record WhoAmI(
        String name,
        String kind,
        String id,
        Map<String, List<String>> roles,
        List<String> groups,
        List<String> paths,
        Instant expiresAt) {

    static WhoAmI of(Identity identity) {
        var roles = new TreeMap<String, List<String>>();
        identity.grants()
                .byProject()
                .forEach((project, had) -> roles.put(
                        project, had.stream().map(Role::toString).sorted().toList()));
        return new WhoAmI(
                identity.name(),
                identity.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                identity.id(),
                roles,
                identity.groups().stream().sorted().toList(),
                identity.paths(),
                identity.expiresAt());
    }
}
