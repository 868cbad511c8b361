package dev.longshore.replication.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.change.Freezes;
import dev.longshore.kit.http.Access;
import dev.longshore.kit.http.Caller;
import dev.longshore.kit.http.Cursor;
import dev.longshore.kit.http.CursorPage;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.replication.domain.Planner;
import dev.longshore.replication.domain.ReplicationRule;
import dev.longshore.replication.plan.RequestCopies;
import dev.longshore.replication.postgres.Candidate;
import dev.longshore.replication.postgres.Candidates;
import dev.longshore.replication.postgres.Rules;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/replication-rules/{name}/…}: a whole rule, gone through or only looked at. */
@Path("/api/v1/replication-rules/{name}")
@Tag(name = "Replication")
@Produces(MediaType.APPLICATION_JSON)
class RuleResource {

    private final Mutiny.SessionFactory sessions;
    private final Rules rules;
    private final Candidates candidates;
    private final RequestCopies requestCopies;
    private final Freezes freezes;
    private final Caller caller;

    RuleResource(
            Mutiny.SessionFactory sessions,
            Rules rules,
            Candidates candidates,
            RequestCopies requestCopies,
            Freezes freezes,
            Caller caller) {
        this.sessions = sessions;
        this.rules = rules;
        this.candidates = candidates;
        this.requestCopies = requestCopies;
        this.freezes = freezes;
        this.caller = caller;
    }

    @POST
    @Path("executions")
    @Operation(summary = "Copy all tags of a rule that are not in sync; with verify=true look at the target for each")
    @APIResponse(
            responseCode = "202",
            description = "Begun; Location says where to look",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ExecutionStarted.class)))
    @APIResponse(responseCode = "409", description = "A freeze stops it, or its state does")
    public Uni<Response> execute(
            String name,
            @QueryParam("verify")
                    @DefaultValue("false")
                    @Pattern(regexp = "true|false")
                    @Parameter(schema = @Schema(type = SchemaType.BOOLEAN))
                    String verify) {
        var requestedBy = caller.name();
        var access = caller.access();
        return sessions.withTransaction((session, _) -> find(session, name, access)
                        .invoke(rule -> access.require(rule.project()))
                        .invoke(RuleResource::requireEnabled)
                        .call(rule -> freezes.check(rule.targetRegistry(), rule.project()))
                        .chain(rule -> requestCopies.ofRule(session, rule, requestedBy, Boolean.parseBoolean(verify))))
                .map(execution -> new ExecutionStarted(execution).toResponse());
    }

    /** What would be done, tag by tag, by what is known now; nothing is asked of a registry and nothing changed. */
    @GET
    @Path("preview")
    @Operation(summary = "What a rule would do with each tag that it selects, and why")
    public Uni<CursorPage<PreviewItem>> preview(
            String name,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit) {
        var after = Cursor.decode(cursor).split(":", 2);
        var repository = after[0];
        var tag = after.length == 2 ? after[1] : "";
        var access = caller.access();
        return sessions.withSession(session -> find(session, name, access)
                .chain(rule -> candidates
                        .page(session, rule, repository, tag, limit + 1)
                        .map(found -> page(rule, found, limit))));
    }

    private static CursorPage<PreviewItem> page(ReplicationRule rule, List<Candidate> found, int limit) {
        var page = CursorPage.of(
                found,
                limit,
                candidate ->
                        candidate.tag().repository() + ":" + candidate.tag().tag());
        var items = page.items().stream()
                .map(candidate -> PreviewItem.from(candidate, Planner.plan(rule, candidate.tag(), candidate.known())))
                .filter(item -> !item.verdict().equals(PreviewItem.OUT_OF_SCOPE))
                .toList();
        return new CursorPage<>(items, page.next());
    }

    private Uni<ReplicationRule> find(Mutiny.Session session, String name, Access access) {
        return rules.find(session, name)
                .map(found -> found.filter(rule -> access.sees(rule.project()))
                        .orElseThrow(() -> new ProblemException(
                                ErrorCode.NOT_FOUND, "There is no replication rule '%s'".formatted(name))));
    }

    private static void requireEnabled(ReplicationRule rule) {
        if (!rule.isEnabled()) {
            throw new ProblemException(
                    ErrorCode.CONFLICT,
                    "The rule '%s' is disabled; its preview shows what it would copy".formatted(rule.name()));
        }
    }
}
