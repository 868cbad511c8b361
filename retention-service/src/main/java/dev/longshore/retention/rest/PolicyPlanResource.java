package dev.longshore.retention.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.http.Caller;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.retention.plan.RequestPlan;
import dev.longshore.retention.postgres.PlanContents;
import dev.longshore.retention.postgres.Policies;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;

/** {@code /api/v1/retention-policies/{name}/plans}: has a policy evaluated. Nothing is deleted. */
@Path("/api/v1/retention-policies/{name}/plans")
@Tag(name = "Retention")
@Produces(MediaType.APPLICATION_JSON)
class PolicyPlanResource {

    private final Mutiny.SessionFactory sessions;
    private final Policies policies;
    private final RequestPlan requestPlan;
    private final PlanContents contents;
    private final Caller caller;

    PolicyPlanResource(
            Mutiny.SessionFactory sessions,
            Policies policies,
            RequestPlan requestPlan,
            PlanContents contents,
            Caller caller) {
        this.sessions = sessions;
        this.policies = policies;
        this.requestPlan = requestPlan;
        this.contents = contents;
        this.caller = caller;
    }

    @POST
    @Operation(summary = "Plan what the policy would delete; nothing is deleted")
    @APIResponse(
            responseCode = "201",
            description = "Begun; Location says where to look",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = PlanView.class)))
    public Uni<Response> plan(String name) {
        // Read here: the transaction goes on after the request's context may have ended.
        var requestedBy = caller.name();
        var access = caller.access();
        return sessions.withTransaction((session, _) -> policies.find(session, name)
                        .map(found -> found.filter(policy -> access.sees(policy.project()))
                                .orElseThrow(() -> new ProblemException(
                                        ErrorCode.NOT_FOUND, "There is no retention policy '%s'".formatted(name))))
                        .invoke(policy -> access.require(policy.project()))
                        .chain(policy -> requestPlan.of(session, policy, requestedBy, false))
                        .chain(plan -> contents.counts(session, plan.id())
                                .map(counts -> PlanView.from(plan, counts, null, null))))
                .map(view -> Response.created(URI.create("/api/v1/retention-plans/" + view.id()))
                        .entity(view)
                        .build());
    }
}
