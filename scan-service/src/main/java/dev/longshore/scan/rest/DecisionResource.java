package dev.longshore.scan.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.events.DecisionEvent.PolicyVersion;
import dev.longshore.events.DecisionEvent.Reason;
import dev.longshore.events.ErrorCode;
import dev.longshore.kit.http.Caller;
import dev.longshore.kit.http.Cursor;
import dev.longshore.kit.http.CursorPage;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.oci.ImageReference;
import dev.longshore.scan.domain.Image;
import dev.longshore.scan.postgres.Decisions;
import dev.longshore.scan.postgres.StoredDecision;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/decisions}: what was decided about an image, and why. */
@Path("/api/v1/decisions")
@Produces(MediaType.APPLICATION_JSON)
class DecisionResource {

    private final Mutiny.SessionFactory sessions;
    private final References references;
    private final Decisions decisions;
    private final Caller caller;

    DecisionResource(Mutiny.SessionFactory sessions, References references, Decisions decisions, Caller caller) {
        this.sessions = sessions;
        this.references = references;
        this.decisions = decisions;
        this.caller = caller;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DecisionView(
            String reference,
            String digest,
            Action action,
            List<ReasonView> reasons,
            List<PolicyVersion> policies,
            Instant decidedAt,
            long revision,
            @Nullable Instant validUntil) {

        static DecisionView from(ImageReference reference, StoredDecision decision) {
            return new DecisionView(
                    reference.toString(),
                    Image.parse(decision.image()).digest().toString(),
                    decision.action(),
                    decision.reasons().stream().map(ReasonView::from).toList(),
                    decision.policies(),
                    decision.decidedAt(),
                    decision.revision(),
                    decision.validUntil());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReasonView(
            String code,
            String text,
            Action action,
            @Nullable String policy,
            @Nullable String vulnerability,
            @Nullable String severity,
            @Nullable String exemption) {

        static ReasonView from(Reason reason) {
            return new ReasonView(
                    reason.code(),
                    reason.text(),
                    reason.action(),
                    reason.policy(),
                    reason.vulnerability(),
                    reason.severity(),
                    reason.exemption());
        }
    }

    @GET
    @Operation(summary = "The decision on an image; with history=true all those before it too, the newest first")
    public Uni<CursorPage<DecisionView>> list(
            @QueryParam("reference") @Parameter(required = true) @Nullable String given,
            @QueryParam("history")
                    @DefaultValue("false")
                    @Pattern(regexp = "true|false")
                    @Parameter(schema = @Schema(type = SchemaType.BOOLEAN))
                    String history,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        var reference = References.parsed(given);
        var before = revision(cursor);
        var access = caller.access();
        return sessions.withSession(session -> references
                        .key(session, reference, access)
                        .chain(key -> key.map(image -> Boolean.parseBoolean(history)
                                        ? past(session, image, before, limit)
                                        : standing(session, image))
                                .orElseGet(() -> Uni.createFrom().item(new CursorPage<>(List.of(), null)))))
                .map(page -> page.map(decision -> DecisionView.from(reference, decision)));
    }

    private Uni<CursorPage<StoredDecision>> standing(Mutiny.Session session, String image) {
        return decisions
                .standing(session, Set.of(image))
                .map(found -> new CursorPage<>(List.copyOf(found.values()), null));
    }

    private Uni<CursorPage<StoredDecision>> past(Mutiny.Session session, String image, long before, int limit) {
        return decisions
                .history(session, image, before, limit + 1)
                .map(found -> CursorPage.of(found, limit, decision -> Long.toString(decision.revision())));
    }

    private static long revision(@Nullable String cursor) {
        var position = Cursor.decode(cursor);
        if (!position.matches("\\d{0,18}")) {
            throw new ProblemException(ErrorCode.INVALID_REQUEST, "The cursor is not one of this list");
        }
        return position.isEmpty() ? Long.MAX_VALUE : Long.parseLong(position);
    }
}
