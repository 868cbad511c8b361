package dev.longshore.gateway.identity.user.postgres;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Someone's account, as it is shown.
 *
 * @param role in the whole installation; none for who is something in projects only
 * @param groups as the provider named them when its owner last signed in
 * @param isExternal whether its owner signs in elsewhere, and has no password here
 */
public record User(
        String name,
        @Nullable String role,
        @Nullable String email,
        boolean isDisabled,
        boolean isExternal,
        List<String> groups,
        long version,
        Instant createdAt,
        Instant updatedAt,
        String updatedBy) {

    public User {
        groups = List.copyOf(groups);
    }

    /** What a change is about. */
    public Map<String, Object> audited() {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("name", name);
        if (role != null) {
            shown.put("role", role);
        }
        if (email != null) {
            shown.put("email", email);
        }
        shown.put("isDisabled", isDisabled);
        shown.put("version", version);
        return Map.copyOf(shown);
    }
}
