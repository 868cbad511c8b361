package dev.longshore.retention.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.http.Caller;
import dev.longshore.kit.http.Cursor;
import dev.longshore.kit.http.CursorPage;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.retention.postgres.Plan;
import dev.longshore.retention.postgres.PlanContents;
import dev.longshore.retention.postgres.Plans;
import io.smallrye.mutiny.Multi;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/retention-plans}: what policies would delete, and what became of it. */
@Path("/api/v1/retention-plans")
@Tag(name = "Retention")
@Produces(MediaType.APPLICATION_JSON)
class PlanResource {

    private final Mutiny.SessionFactory sessions;
    private final Plans plans;
    private final PlanContents contents;
    private final Caller caller;

    PlanResource(Mutiny.SessionFactory sessions, Plans plans, PlanContents contents, Caller caller) {
        this.sessions = sessions;
        this.plans = plans;
        this.contents = contents;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "The plans of a policy, or all, newest first")
    public Uni<CursorPage<PlanView>> list(
            @QueryParam("policy") @DefaultValue("") String policy,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        var before = Cursor.decode(cursor);
        var access = caller.access();
        return sessions.withSession(session -> plans.page(session, policy, before, limit + 1, access)
                .map(found -> CursorPage.of(found, limit, Plan::id))
                .chain(page -> Multi.createFrom()
                        .iterable(page.items())
                        .onItem()
                        .transformToUniAndConcatenate(plan -> contents.counts(session, plan.id())
                                .map(counts -> PlanView.from(plan, counts, null, null)))
                        .collect()
                        .asList()
                        .map(views -> new CursorPage<>(views, page.next()))));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "A plan with a verdict and reasons for each image, a page at a time")
    public Uni<PlanView> get(
            String id,
            @QueryParam("verdict") @DefaultValue("") @Pattern(regexp = "|keep|delete") String verdict,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit) {
        var after = position(cursor);
        var access = caller.access();
        return sessions.withSession(session -> plans.find(session, id)
                .map(found -> found.filter(plan -> access.sees(plan.project())).orElseThrow(() -> noSuch(id)))
                .chain(plan -> contents.page(session, id, verdict, after, limit + 1)
                        .map(found -> CursorPage.of(found, limit, item -> Long.toString(item.id())))
                        .chain(page -> contents.counts(session, id)
                                .map(counts -> PlanView.from(plan, counts, page.items(), page.next())))));
    }

    static ProblemException noSuch(String id) {
        return new ProblemException(ErrorCode.NOT_FOUND, "There is no retention plan '%s'".formatted(id));
    }

    private static long position(@Nullable String cursor) {
        var after = Cursor.decode(cursor);
        if (!after.matches("\\d{0,18}")) {
            throw new ProblemException(ErrorCode.INVALID_REQUEST, "The cursor is not one of this list");
        }
        return after.isEmpty() ? 0 : Long.parseLong(after);
    }
}
