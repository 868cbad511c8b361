package dev.longshore.gateway.session.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.longshore.gateway.session.CurrentSession;
import dev.longshore.gateway.session.Sessions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;

/** Signing in and out. */
@Path("/api/v1/sessions")
public class SessionsResource {

    private final Sessions sessions;
    private final CurrentSession current;

    SessionsResource(Sessions sessions, CurrentSession current) {
        this.sessions = sessions;
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

    @DELETE
    @Path("/current")
    @Operation(summary = "Sign out")
    @APIResponse(responseCode = "204", description = "The token is no longer one")
    public Uni<Void> end(@Context HttpServerRequest request) {
        return current.get().chain(session -> sessions.end(session, address(request)));
    }

    private static String address(HttpServerRequest request) {
        return request.remoteAddress().hostAddress();
    }
}
