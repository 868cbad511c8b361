package dev.longshore.gateway.approval.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.access.CurrentAccess;
import dev.longshore.gateway.approval.Approvals;
import dev.longshore.gateway.approval.Approvals.Wanted;
import dev.longshore.gateway.approval.domain.Approval;
import dev.longshore.gateway.approval.postgres.ApprovalStore;
import dev.longshore.gateway.session.CurrentSession;
import dev.longshore.kit.http.Cursor;
import dev.longshore.kit.http.CursorPage;
import dev.longshore.kit.problem.FieldError;
import dev.longshore.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What someone asks for, and someone else approves. */
@Path("/api/v1/approvals")
@Tag(name = "Approvals", description = "What someone asks for, and someone else approves.")
class ApprovalsResource {

    private final Approvals approvals;
    private final ApprovalStore store;
    private final CurrentSession current;
    private final CurrentAccess access;

    ApprovalsResource(Approvals approvals, ApprovalStore store, CurrentSession current, CurrentAccess access) {
        this.approvals = approvals;
        this.store = store;
        this.current = current;
        this.access = access;
    }

    /** @param action as the audit trail names it */
    @Schema(name = "ApprovalRequest")
    public record Request(
            @Pattern(regexp = "[a-z0-9][a-z0-9-]{0,62}", message = "is no name of a project") @Nullable
            String project,

            @NotNull
            @Pattern(regexp = "[a-z-]{1,60}\\.[a-z-]{1,60}", message = "is no action such as retention.applied")
            String action,

            @NotNull
            @Pattern(regexp = "[a-z-]{1,60}/[!-~]{1,400}", message = "is no resource such as retention-plans/ret-1")
            String resource,

            @NotNull @Size(min = 1, max = 2000) String reason) {}

    @Schema(name = "ApprovalDecision")
    public record Decision(
            @NotNull @Pattern(regexp = "approve|reject", message = "is neither approve nor reject")
            String decision,

            @Size(max = 2000) @Nullable String comment) {}

    @POST
    @Operation(operationId = "requestApproval", summary = "Asks others to approve something")
    @APIResponse(
            responseCode = "201",
            description = "Asked; Location says where to look",
            content = @Content(schema = @Schema(implementation = ApprovalView.class)))
    public Uni<Response> request(@NotNull @Valid Request request, @Context HttpServerRequest http) {
        var project = request.project() == null ? "default" : request.project();
        if (!access.get().allows(project)) {
            var detail = "There is no project named '%s' in which you may ask".formatted(project);
            throw new ProblemException(ErrorCode.INVALID_REQUEST, detail, List.of(new FieldError("/project", detail)));
        }
        var wanted = new Wanted(project, request.action(), request.resource(), request.reason());
        return current.actor(http)
                .chain(by -> approvals.request(wanted, by))
                .map(made -> Response.created(URI.create("/api/v1/approvals/" + made.id()))
                        .entity(ApprovalView.of(made))
                        .build());
    }

    @GET
    @Operation(operationId = "listApprovals", summary = "Lists what was asked for, the newest first")
    public Uni<CursorPage<ApprovalView>> list(
            @RestQuery @DefaultValue("") String resource,
            @RestQuery @Nullable String cursor,
            @RestQuery @DefaultValue("50") @Min(1) @Max(200) int limit) {
        return store.list(access.get().visible(), resource, Cursor.decode(cursor), limit + 1)
                .map(found -> CursorPage.of(found, limit, Approval::id).map(ApprovalView::of));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getApproval", summary = "How it stands")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ApprovalView.class)))
    @APIResponse(responseCode = "404", description = "There is none of this id")
    public Uni<ApprovalView> find(@RestPath String id) {
        return visible(id).map(ApprovalView::of);
    }

    @POST
    @Path("/{id}/decisions")
    @Operation(operationId = "decideApproval", summary = "Approves or rejects what someone else asked for")
    @APIResponse(
            responseCode = "200",
            description = "Decided",
            content = @Content(schema = @Schema(implementation = ApprovalView.class)))
    @APIResponse(responseCode = "403", description = "One asked for it oneself, or lacks the role in its project")
    @APIResponse(responseCode = "404", description = "There is none of this id")
    @APIResponse(responseCode = "409", description = "It is decided already, or was not in time")
    public Uni<ApprovalView> decide(
            @RestPath String id, @NotNull @Valid Decision decision, @Context HttpServerRequest http) {
        var mine = access.get();
        return visible(id)
                .invoke(approval -> {
                    if (!mine.allows(approval.project())) {
                        throw new ProblemException(
                                ErrorCode.FORBIDDEN,
                                "Your roles do not allow this in the project '%s'".formatted(approval.project()));
                    }
                })
                .chain(approval -> current.actor(http)
                        .chain(by -> approvals.decide(
                                approval, decision.decision().equals("approve"), decision.comment(), by)))
                .map(ApprovalView::of);
    }

    private Uni<Approval> visible(String id) {
        var mine = access.get();
        return store.find(id)
                .map(found -> found.filter(approval -> mine.sees(approval.project()))
                        .orElseThrow(
                                () -> new ProblemException(ErrorCode.NOT_FOUND, "There is no approval of this id")));
    }
}
