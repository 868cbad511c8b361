package dev.longshore.gateway.audit.postgres;

import java.time.Instant;
import java.util.Optional;

/** Which entries are asked for; what is empty filters nothing. */
public record AuditFilter(
        Optional<String> actor,
        Optional<String> resource,
        Optional<String> action,
        Optional<Instant> from,
        Optional<Instant> to) {}
