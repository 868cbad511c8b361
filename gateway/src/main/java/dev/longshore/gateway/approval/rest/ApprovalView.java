package dev.longshore.gateway.approval.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longshore.gateway.approval.domain.Approval;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** As the API shows it. */
@Schema(name = "Approval")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApprovalView(
        String id,
        String project,
        String action,
        String resource,
        String reason,

        @Schema(enumeration = {"requested", "approved", "rejected", "expired"})
        String state,

        String requestedBy,
        Instant requestedAt,
        Instant expiresAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String comment) {

    static ApprovalView of(Approval approval) {
        var decision = Optional.ofNullable(approval.decision());
        return new ApprovalView(
                approval.id(),
                approval.project(),
                approval.action(),
                approval.resource(),
                approval.reason(),
                approval.stateAt(Instant.now()).name().toLowerCase(Locale.ROOT),
                approval.requestedBy(),
                approval.requestedAt(),
                approval.expiresAt(),
                decision.map(Approval.Decision::by).orElse(null),
                decision.map(Approval.Decision::at).orElse(null),
                decision.map(Approval.Decision::comment).orElse(null));
    }
}
