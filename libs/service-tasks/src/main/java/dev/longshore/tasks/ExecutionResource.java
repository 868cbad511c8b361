package dev.longshore.tasks;

import dev.longshore.events.AuditEvent;
import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.events.ErrorCode;
import dev.longshore.kit.http.Access;
import dev.longshore.kit.http.Caller;
import dev.longshore.kit.http.Cursor;
import dev.longshore.kit.http.CursorPage;
import dev.longshore.kit.outbox.Outbox;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.kit.trace.TraceParent;
import dev.longshore.tasks.ExecutionView.TaskView;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/executions}: the long work of this service. */
@Path("/api/v1/executions")
class ExecutionResource {

    private final Executions executions;
    private final Mutiny.SessionFactory sessions;
    private final Outbox outbox;
    private final Caller caller;

    ExecutionResource(Executions executions, Mutiny.SessionFactory sessions, Outbox outbox, Caller caller) {
        this.executions = executions;
        this.sessions = sessions;
        this.outbox = outbox;
        this.caller = caller;
    }

    @GET
    public Uni<CursorPage<ExecutionView>> list(
            @QueryParam("kind") @DefaultValue("") String kind,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        return executions.list(kind, Cursor.decode(cursor), limit, caller.access());
    }

    @GET
    @Path("{id}")
    public Uni<ExecutionView> get(String id) {
        return find(id, caller.access());
    }

    @GET
    @Path("{id}/tasks")
    public Uni<CursorPage<TaskView>> tasks(
            String id,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        var after = Cursor.decode(cursor);
        if (!after.matches("\\d{0,18}")) {
            throw new ProblemException(ErrorCode.INVALID_REQUEST, "The cursor is not one of this list");
        }
        return get(id).chain(() -> executions.tasks(id, after.isEmpty() ? 0 : Long.parseLong(after), limit));
    }

    @POST
    @Path("{id}/stop")
    public Uni<ExecutionView> stop(String id) {
        var access = caller.access();
        return find(id, access)
                .invoke(found -> access.require(found.project()))
                .call(() -> executions.stop(id))
                .call(found -> audit(found, "execution.stopped"))
                .chain(() -> find(id, access));
    }

    @POST
    @Path("{id}/retry")
    public Uni<ExecutionView> retry(String id) {
        var access = caller.access();
        return find(id, access)
                .invoke(found -> access.require(found.project()))
                .call(() -> executions.retry(id))
                .call(found -> audit(found, "execution.retried"))
                .chain(() -> find(id, access));
    }

    private Uni<ExecutionView> find(String id, Access access) {
        return executions
                .find(id)
                .map(found -> found.filter(execution -> access.sees(execution.project()))
                        .orElseThrow(() -> noSuch(id)));
    }

    private Uni<Void> audit(ExecutionView before, String action) {
        var entry = new AuditRecorded(
                before.project(),
                caller.name(),
                caller.address().orElse(null),
                caller.token().orElse(null),
                action,
                "executions/" + before.id(),
                AuditEvent.Result.SUCCEEDED,
                null,
                Map.of("state", before.state()),
                null,
                TraceParent.traceId().orElse(null),
                Instant.now());
        return sessions.withTransaction((session, _) -> outbox.append(session, entry));
    }

    private static ProblemException noSuch(String id) {
        return new ProblemException(ErrorCode.NOT_FOUND, "There is no execution '" + id + "' here");
    }
}
