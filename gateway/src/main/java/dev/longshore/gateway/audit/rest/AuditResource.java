package dev.longshore.gateway.audit.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.access.CurrentAccess;
import dev.longshore.gateway.access.domain.Grants;
import dev.longshore.gateway.audit.chain.VerifyTrail;
import dev.longshore.gateway.audit.domain.Finding;
import dev.longshore.gateway.audit.domain.Verification;
import dev.longshore.gateway.audit.postgres.AuditEntry;
import dev.longshore.gateway.audit.postgres.AuditFilter;
import dev.longshore.gateway.audit.postgres.AuditPosition;
import dev.longshore.gateway.audit.postgres.AuditTrail;
import dev.longshore.kit.http.Cursor;
import dev.longshore.kit.http.CursorPage;
import dev.longshore.kit.problem.FieldError;
import dev.longshore.kit.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Who did what. */
@Path("/api/v1/audit")
public class AuditResource {

    private final AuditTrail trail;
    private final AuditExport export;
    private final VerifyTrail verifyTrail;
    private final CurrentAccess access;

    AuditResource(AuditTrail trail, AuditExport export, VerifyTrail verifyTrail, CurrentAccess access) {
        this.trail = trail;
        this.export = export;
        this.access = access;
        this.verifyTrail = verifyTrail;
    }

    /**
     * @param state {@code intact} or {@code broken}
     * @param entries how many were read
     * @param head hash of the last
     * @param checkpoints how many signed checkpoints agree
     * @param sealed how many are in segments that were taken out of the store
     */
    public record Verified(
            String state, long entries, String head, long checkpoints, long sealed, List<Finding> findings) {

        static Verified from(Verification verification) {
            return new Verified(
                    verification.isIntact() ? "intact" : "broken",
                    verification.entries(),
                    verification.head(),
                    verification.checkpoints(),
                    verification.sealed(),
                    verification.findings());
        }
    }

    /**
     * What to look for.
     *
     * @param resource how it begins: {@code registries/left}, {@code registries/}
     */
    public record Asked(
            @RestQuery Optional<String> actor,
            @RestQuery Optional<String> resource,
            @RestQuery Optional<String> action,
            @RestQuery Optional<String> result,
            @RestQuery Optional<String> project,
            @RestQuery Optional<String> trace,

            @RestQuery @Parameter(schema = @Schema(format = "date-time")) @Nullable
            String from,

            @RestQuery @Parameter(schema = @Schema(format = "date-time")) @Nullable
            String to) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "The audit trail, newest first",
            description = "Of the projects that the caller guards. `from` is included, `to` is not."
                    + " As `text/csv` or `application/x-ndjson` all of it comes at once")
    public Uni<CursorPage<AuditEntry>> list(
            @BeanParam Asked asked,
            @RestQuery @Nullable String cursor,
            @RestQuery @DefaultValue("50") @Min(1) @Max(200) int limit) {
        return trail.list(filter(asked), position(cursor), limit + 1)
                .map(found -> CursorPage.of(
                        found, limit, entry -> AuditPosition.of(entry).toString()));
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Multi<String> csv(@BeanParam Asked asked) {
        return export.csv(filter(asked));
    }

    @GET
    @Produces("application/x-ndjson;qs=0.5")
    @Operation(hidden = true)
    public Multi<AuditEntry> jsonLines(@BeanParam Asked asked) {
        return export.jsonLines(filter(asked));
    }

    @GET
    @Path("/verification")
    @Operation(
            summary = "Whether the trail is as it was written",
            description =
                    "Reads all of it. Names what was altered, removed or inserted; compares with the signed checkpoints"
                            + " that the gateway has, and with those given")
    public Uni<Verified> verify(@RestQuery @Size(max = 100) List<String> checkpoint) {
        return verifyTrail.verify(checkpoint).map(Verified::from);
    }

    private AuditFilter filter(Asked asked) {
        var permitted = access.get().permitted();
        return new AuditFilter(
                asked.actor(),
                asked.resource(),
                asked.action(),
                asked.result(),
                asked.project(),
                asked.trace(),
                time("from", asked.from()),
                time("to", asked.to()),
                permitted.contains(Grants.WHOLE) ? Optional.empty() : Optional.of(permitted));
    }

    private static Optional<AuditPosition> position(@Nullable String cursor) {
        if (cursor == null) {
            return Optional.empty();
        }
        var position = AuditPosition.parse(Cursor.decode(cursor));
        if (position.isEmpty()) {
            throw new ProblemException(ErrorCode.INVALID_REQUEST, "The cursor is not one of this list");
        }
        return position;
    }

    private static Optional<Instant> time(String parameter, @Nullable String text) {
        try {
            return Optional.ofNullable(text).map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
        } catch (DateTimeException _) {
            var detail = "'%s' is a time as in RFC 3339, such as 2026-11-21T08:00:00Z".formatted(parameter);
            throw new ProblemException(
                    ErrorCode.INVALID_REQUEST, detail, List.of(new FieldError("/" + parameter, detail)));
        }
    }
}
