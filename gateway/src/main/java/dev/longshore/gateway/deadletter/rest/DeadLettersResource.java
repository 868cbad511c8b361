package dev.longshore.gateway.deadletter.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.deadletter.HandleDeadLetter;
import dev.longshore.gateway.deadletter.domain.DeadLetter;
import dev.longshore.gateway.deadletter.domain.DeadLetterState;
import dev.longshore.gateway.deadletter.postgres.DeadLetters;
import dev.longshore.gateway.session.CurrentSession;
import dev.longshore.kit.http.Cursor;
import dev.longshore.kit.http.CursorPage;
import dev.longshore.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Records that a service could not handle. */
@Path("/api/v1/dead-letters")
public class DeadLettersResource {

    private final DeadLetters letters;
    private final HandleDeadLetter handle;
    private final CurrentSession current;

    DeadLettersResource(DeadLetters letters, HandleDeadLetter handle, CurrentSession current) {
        this.letters = letters;
        this.handle = handle;
        this.current = current;
    }

    @GET
    @Operation(
            summary = "Records that a service could not handle, newest first",
            description = "`state`: waiting, replayed or dismissed. `topic`: longshore.config and the like")
    public Uni<CursorPage<DeadLetterView>> list(
            @RestQuery Optional<String> service,
            @RestQuery Optional<String> topic,
            @RestQuery @Parameter(schema = @Schema(enumeration = {"waiting", "replayed", "dismissed"}))
                    Optional<String> state,
            @RestQuery @Nullable String cursor,
            @RestQuery @DefaultValue("50") @Min(1) @Max(200) int limit) {
        return letters.list(service, topic, state.map(DeadLettersResource::state), Cursor.decode(cursor), limit + 1)
                .map(found -> CursorPage.of(found, limit, DeadLetter::id).map(DeadLetterView::listed));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One of them, with headers and payload")
    public Uni<DeadLetterView> find(@RestPath String id) {
        return letters.find(id)
                .map(found -> found.map(DeadLetterView::whole)
                        .orElseThrow(() -> new ProblemException(
                                ErrorCode.NOT_FOUND, "There is no dead letter of this id, or it is gone by now")));
    }

    @POST
    @Path("/{id}/replay")
    @ResponseStatus(202)
    @Operation(
            summary = "Give it to its service again, and to no other",
            description = "On a compacted topic it changes nothing if the service has a newer record of the same key."
                    + " If it fails again, there will be another dead letter")
    public Uni<DeadLetterView> replay(@RestPath String id, @Context HttpServerRequest request) {
        return current.get()
                .chain(session -> handle.replay(id, session, address(request)))
                .map(DeadLetterView::listed);
    }

    @POST
    @Path("/{id}/dismiss")
    @ResponseStatus(200)
    @Operation(summary = "Put it away: it counts as waiting no longer")
    public Uni<DeadLetterView> dismiss(@RestPath String id, @Context HttpServerRequest request) {
        return current.get()
                .chain(session -> handle.dismiss(id, session, address(request)))
                .map(DeadLetterView::listed);
    }

    private static String address(HttpServerRequest request) {
        return request.remoteAddress().hostAddress();
    }

    private static DeadLetterState state(String text) {
        return DeadLetterState.parse(text)
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.INVALID_REQUEST, "The state is one of waiting, replayed, dismissed"));
    }
}
