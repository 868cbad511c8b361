package dev.longshore.gateway.audit.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That someone asked for a change.
 *
 * @param id of the operation: the door's entry has it as its own, and the internal token carries it to the service
 * @param at in whole microseconds
 * @param token the asker's, with the operation's id behind it
 * @param operation as the table of permissions has it: {@code PUT /api/v1/registries/{name}}
 * @param resource the path without the API's beginning: {@code registries/left}
 */
public record Asked(
        UUID id,
        Instant at,
        String project,
        String actor,
        String address,
        String token,
        String operation,
        String resource,
        @Nullable String traceId) {}
