package dev.longshore.gateway.identity.domain;

import dev.longshore.events.Glob;
import dev.longshore.gateway.access.domain.Grants;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Someone, or something, that proved who it is.
 *
 * @param id public name of the session or token, for the audit trail; the secret cannot be told from it
 * @param name as the audit trail has it: a user's name, {@code service-account/ci}, {@code workload/release}
 * @param paths globs of the paths that its token is for; empty for all
 * @param expiresAt after this it has to prove itself again
 * @param groups as its provider names them, for memberships by group
 */
public record Identity(
        String id, Kind kind, String name, Grants grants, List<String> paths, Instant expiresAt, Set<String> groups) {

    /** Attribute of the security identity, and of a request's context, under which it is found. */
    public static final String ATTRIBUTE = "longshore.identity";

    /** What it belongs to when it does something to itself. */
    public static final String PROJECT = "default";

    /** How it proved itself. */
    public enum Kind {
        USER,
        SERVICE_ACCOUNT,
        WORKLOAD,
        ANONYMOUS
    }

    public Identity {
        paths = List.copyOf(paths);
        groups = Set.copyOf(groups);
    }

    public Identity(String id, Kind kind, String name, Grants grants, List<String> paths, Instant expiresAt) {
        this(id, kind, name, grants, paths, expiresAt, Set.of());
    }

    public Identity with(Grants all) {
        return new Identity(id, kind, name, all, paths, expiresAt, groups);
    }

    /** Whether its token is for this path. */
    public boolean isFor(String path) {
        return paths.isEmpty()
                || paths.stream().anyMatch(glob -> Glob.parse(glob).matches(path));
    }

    public String project() {
        return PROJECT;
    }
}
