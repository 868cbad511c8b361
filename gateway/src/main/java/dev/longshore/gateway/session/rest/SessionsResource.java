package dev.longshore.gateway.session.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.access.domain.Grants;
import dev.longshore.gateway.access.domain.Permission;
import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.gateway.identity.domain.SessionCookie;
import dev.longshore.gateway.session.CurrentSession;
import dev.longshore.gateway.session.Sessions;
import dev.longshore.gateway.session.postgres.OpenSession;
import dev.longshore.gateway.session.postgres.SessionStore;
import dev.longshore.kit.http.Cursor;
import dev.longshore.kit.http.CursorPage;
import dev.longshore.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Signing in and out. */
@Path("/api/v1/sessions")
public class SessionsResource {

    private final Sessions sessions;
    private final SessionStore store;
    private final CurrentSession current;

    SessionsResource(Sessions sessions, SessionStore store, CurrentSession current) {
        this.sessions = sessions;
        this.store = store;
        this.current = current;
    }

    /** Longer texts are nobody's, and would cost time to hash. */
    public record SignIn(
            @NotNull @Size(min = 1, max = 128) String username,

            @NotNull @Size(min = 1, max = 1024) @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
            String password) {

        @Override
        public String toString() {
            return "SignIn " + username;
        }
    }

    /** The token is shown this once. */
    public record SignedIn(String token, Instant expiresAt) {

        @Override
        public String toString() {
            return "SignedIn until " + expiresAt;
        }
    }

    @POST
    @SecurityRequirements
    @Operation(summary = "Sign in", description = "Send the token with every other request: Authorization: Bearer …")
    @APIResponse(
            responseCode = "201",
            description = "Signed in",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = SignedIn.class)))
    public Uni<Response> open(@NotNull @Valid SignIn signIn, @Context HttpServerRequest request) {
        return sessions.open(signIn.username(), signIn.password(), address(request))
                .map(opened -> Response.status(201)
                        .header("Cache-Control", "no-store")
                        .entity(new SignedIn(
                                opened.token().value(), opened.session().expiresAt()))
                        .build());
    }

    @GET
    @Operation(
            summary = "Who is signed in",
            description = "One's own sessions; administrators see all, or those of one `user`")
    public Uni<CursorPage<SessionView>> list(
            @RestQuery Optional<String> user,
            @RestQuery @Nullable String cursor,
            @RestQuery @DefaultValue("50") @Min(1) @Max(200) int limit) {
        return current.get().chain(who -> {
            var whose = isAdministrator(who) ? user : Optional.of(who.name());
            var isEmpty = !isAdministrator(who)
                    && user.filter(asked -> !asked.equals(who.name())).isPresent();
            var found = isEmpty
                    ? Uni.createFrom().item(List.<OpenSession>of())
                    : store.list(whose, Cursor.decode(cursor), limit + 1);
            return found.map(sessions ->
                    CursorPage.of(sessions, limit, OpenSession::id).map(session -> SessionView.of(session, who.id())));
        });
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "End a session", description = "One's own; administrators end anyone's")
    @APIResponse(responseCode = "204", description = "Its token is no longer one")
    @APIResponse(responseCode = "404", description = "There is none of this id, or it is somebody else's")
    public Uni<Void> revoke(@RestPath String id, @Context HttpServerRequest request) {
        return current.actor(request)
                .chain(actor -> store.find(id)
                        .map(found -> found.filter(session -> isAdministrator(actor.identity())
                                        || session.user()
                                                .equals(actor.identity().name()))
                                .orElseThrow(
                                        () -> new ProblemException(ErrorCode.NOT_FOUND, "There is no such session")))
                        .chain(session -> sessions.end(actor, session.id())));
    }

    @DELETE
    @Path("/current")
    @Operation(summary = "Sign out")
    @APIResponse(responseCode = "204", description = "The token is no longer one")
    public Uni<Response> end(@Context HttpServerRequest request) {
        return current.actor(request)
                .chain(actor -> sessions.end(actor, actor.identity().id()))
                .map(_ -> signedOut(request));
    }

    private static Response signedOut(HttpServerRequest request) {
        var response = Response.noContent();
        return request.getCookie(SessionCookie.NAME) == null
                ? response.build()
                : response.header(HttpHeaders.SET_COOKIE, SessionCookie.gone(SessionCookie.NAME))
                        .build();
    }

    private static boolean isAdministrator(Identity who) {
        return who.grants().projectsWith(Permission.ADMINISTER.roles()).contains(Grants.WHOLE);
    }

    private static String address(HttpServerRequest request) {
        return request.remoteAddress().hostAddress();
    }
}
