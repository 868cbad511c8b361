package dev.longshore.gateway.audit.postgres;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who did what to what, from where, with which result.
 *
 * @param service that told of it
 * @param token id of the token that it was done with; begins with the session's id
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditEntry(
        String id,
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
        @Nullable JsonNode before,
        @Nullable JsonNode after,
        @Nullable String traceId) {}
