package dev.longshore.gateway.identity.account.postgres;

import dev.longshore.gateway.identity.account.domain.Scope;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token as lists show it; the secret is not in it.
 *
 * @param prefix the first letters of the secret
 * @param projects empty for all of its account's; so are roles and paths
 * @param lastUsedAt to the minute
 */
public record Token(
        String id,
        String prefix,
        @Nullable String description,
        List<String> projects,
        List<String> roles,
        List<String> paths,
        Instant createdAt,
        String createdBy,
        Instant expiresAt,
        @Nullable Instant lastUsedAt) {

    public static Token of(
            String id,
            String prefix,
            @Nullable String description,
            Scope scope,
            Instant createdAt,
            String createdBy,
            Instant expiresAt) {
        return new Token(
                id,
                prefix,
                description,
                scope.projects(),
                scope.roles(),
                scope.paths(),
                createdAt,
                createdBy,
                expiresAt,
                null);
    }

    Token usedAt(@Nullable Instant time) {
        return new Token(id, prefix, description, projects, roles, paths, createdAt, createdBy, expiresAt, time);
    }

    public Map<String, Object> audited() {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("prefix", prefix);
        shown.put("projects", projects);
        shown.put("roles", roles);
        shown.put("paths", paths);
        shown.put("expiresAt", expiresAt.toString());
        return Map.copyOf(shown);
    }
}
