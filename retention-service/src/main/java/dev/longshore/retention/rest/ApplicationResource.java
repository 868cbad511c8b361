package dev.longshore.retention.rest;

import dev.longshore.kit.http.Caller;
import dev.longshore.retention.apply.ApplyChecks;
import dev.longshore.retention.apply.StartApplication;
import dev.longshore.retention.plan.RequestPlan;
import dev.longshore.retention.postgres.Plans;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;

/** {@code /api/v1/retention-plans/{id}/executions}: applies a plan. */
@Path("/api/v1/retention-plans/{id}/executions")
@Tag(name = "Retention")
@Produces(MediaType.APPLICATION_JSON)
class ApplicationResource {

    private final Mutiny.SessionFactory sessions;
    private final Plans plans;
    private final ApplyChecks checks;
    private final StartApplication start;
    private final RequestPlan requestPlan;
    private final Caller caller;

    ApplicationResource(
            Mutiny.SessionFactory sessions,
            Plans plans,
            ApplyChecks checks,
            StartApplication start,
            RequestPlan requestPlan,
            Caller caller) {
        this.sessions = sessions;
        this.plans = plans;
        this.checks = checks;
        this.start = start;
        this.requestPlan = requestPlan;
        this.caller = caller;
    }

    @POST
    @Operation(summary = "Delete exactly what the plan says, less what has changed since")
    @APIResponse(
            responseCode = "202",
            description = "Begun; Location says where to look",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ExecutionStarted.class)))
    @APIResponse(responseCode = "409", description = "A freeze stops it, or its state does")
    public Uni<Response> apply(String id) {
        var appliedBy = caller.name();
        var access = caller.access();
        return sessions.withSession(session -> plans.find(session, id))
                .map(found ->
                        found.filter(plan -> access.sees(plan.project())).orElseThrow(() -> PlanResource.noSuch(id)))
                .invoke(plan -> access.require(plan.project()))
                .chain(checks::check)
                .chain(() -> sessions.withTransaction((session, _) -> start.lockOpen(session, id)
                        .chain(plan -> requestPlan
                                .application(session, plan, appliedBy)
                                .call(execution -> start.begin(session, plan, execution, appliedBy)))))
                .map(execution -> new ExecutionStarted(execution).toResponse());
    }
}
