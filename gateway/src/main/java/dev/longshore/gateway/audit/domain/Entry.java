package dev.longshore.gateway.audit.domain;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an audit event says, as it is stored and hashed.
 *
 * @param occurredAt in whole microseconds, as PostgreSQL keeps it
 * @param before JSON text, not parsed: what is hashed is what is stored
 * @param after JSON text
 */
public record Entry(
        UUID eventId,
        Instant occurredAt,
        String project,
        String service,
        String actor,
        @Nullable String address,
        @Nullable String token,
        String action,
        String resource,
        String result,
        @Nullable String detail,
        @Nullable String before,
        @Nullable String after,
        @Nullable String traceId) {

    /** In the order in which they are hashed. */
    List<@Nullable String> fields() {
        return Arrays.asList(
                eventId.toString(),
                occurredAt.toString(),
                project,
                service,
                actor,
                address,
                token,
                action,
                resource,
                result,
                detail,
                before,
                after,
                traceId);
    }
}
