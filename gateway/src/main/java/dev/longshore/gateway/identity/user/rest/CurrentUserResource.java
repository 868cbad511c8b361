package dev.longshore.gateway.identity.user.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.identity.domain.Actor;
import dev.longshore.gateway.identity.domain.Identity.Kind;
import dev.longshore.gateway.identity.user.Users;
import dev.longshore.gateway.identity.user.postgres.User;
import dev.longshore.gateway.session.CurrentSession;
import dev.longshore.gateway.session.Sessions;
import dev.longshore.kit.problem.FieldError;
import dev.longshore.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Oneself. */
@Path("/api/v1/users/current")
@Tag(name = "Users")
class CurrentUserResource {

    private final Users users;
    private final Sessions sessions;
    private final CurrentSession current;

    CurrentUserResource(Users users, Sessions sessions, CurrentSession current) {
        this.users = users;
        this.sessions = sessions;
        this.current = current;
    }

    /** What someone may change of themselves. A role is not among it. */
    public record Profile(
            @Email @Size(min = 3, max = 254) @Nullable String email) {}

    public record NewPassword(
            @NotNull @Size(min = 1, max = 1024) @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
            String currentPassword,

            @NotNull @Size(min = 12, max = 1024) @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
            String newPassword) {

        @Override
        public String toString() {
            return "NewPassword";
        }
    }

    @GET
    @Operation(operationId = "getCurrentUser", summary = "Who am I", description = "Also for tokens and workloads")
    public Uni<WhoAmI> find() {
        return current.get().map(WhoAmI::of);
    }

    @PUT
    @Operation(operationId = "putCurrentUser", summary = "Changes one's own account", description = "Not one's role")
    public Uni<User> put(@NotNull @Valid Profile profile, @Context HttpServerRequest request) {
        return person(request).chain(self -> users.changeEmail(self, profile.email()));
    }

    @PUT
    @Path("/password")
    @Operation(
            operationId = "putCurrentPassword",
            summary = "Changes one's own password",
            description = "Ends one's other sessions")
    @APIResponse(responseCode = "204", description = "Changed")
    @APIResponse(responseCode = "400", description = "Not valid")
    @APIResponse(responseCode = "403", description = "Not the password that it is now")
    public Uni<Void> changePassword(@NotNull @Valid NewPassword passwords, @Context HttpServerRequest request) {
        return person(request)
                .call(self ->
                        sessions.isPasswordOf(self, passwords.currentPassword()).invoke(CurrentUserResource::require))
                .chain(self -> users.changePassword(self, passwords.newPassword()));
    }

    private Uni<Actor> person(HttpServerRequest request) {
        return current.actor(request).invoke(actor -> {
            if (actor.identity().kind() != Kind.USER) {
                throw new ProblemException(ErrorCode.FORBIDDEN, "Only people change their own accounts");
            }
        });
    }

    private static void require(boolean isPassword) {
        if (!isPassword) {
            throw new ProblemException(
                    ErrorCode.FORBIDDEN,
                    "This is not the password that it is now",
                    List.of(new FieldError("/currentPassword", "is not the password that it is now")));
        }
    }
}
