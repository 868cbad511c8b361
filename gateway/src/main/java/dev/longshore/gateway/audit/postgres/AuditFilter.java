package dev.longshore.gateway.audit.postgres;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which entries are asked for; what is empty filters nothing.
 *
 * @param resource how the resource begins
 * @param projects whose entries may be seen; empty for all
 */
public record AuditFilter(
        Optional<String> actor,
        Optional<String> resource,
        Optional<String> action,
        Optional<String> result,
        Optional<String> project,
        Optional<String> trace,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<Set<String>> projects) {}
