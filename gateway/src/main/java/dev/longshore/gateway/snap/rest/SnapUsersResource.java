package dev.longshore.gateway.snap.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.longshore.gateway.access.domain.Role;
import dev.longshore.gateway.proxy.ServiceCalls.Asker;
import dev.longshore.gateway.session.CreateAccount;
import dev.longshore.gateway.session.Sessions;
import dev.longshore.gateway.session.Sessions.Opened;
import dev.longshore.gateway.snap.SnapCallers;
import dev.longshore.gateway.snap.domain.SnapException;
import dev.longshore.gateway.snap.domain.SnapRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /config/user}: accounts, and signing in. */
@Path("/config/user")
@Tag(name = "SNAP", description = "The calls of SNAP, in their shapes: docs/snap.md")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
class SnapUsersResource {

    private static final int SHORTEST_PASSWORD = 8;
    private static final int LONGEST_PASSWORD = 1024;
    private static final int LONGEST_EMAIL = 254;

    private final SnapCallers callers;
    private final CreateAccount accounts;
    private final Sessions sessions;

    SnapUsersResource(SnapCallers callers, CreateAccount accounts, Sessions sessions) {
        this.callers = callers;
        this.accounts = accounts;
        this.sessions = sessions;
    }

    @POST
    @Path("/create")
    @Operation(
            operationId = "snapCreateUser",
            summary = "SNAP: makes an account {username, password, email, role}",
            description = "By an administrator; without a role it is one of those")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "SnapUser")))
    public Uni<Response> create(@Nullable String body) {
        return callers.identifyAdministrator()
                .chain(asker -> create(asker, SnapRequest.parse(body)))
                .onFailure()
                .recoverWithItem(SnapAnswers::of);
    }

    @POST
    @Path("/login")
    @SecurityRequirements
    @Operation(operationId = "snapLogin", summary = "SNAP: signs in {username, password}")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "SnapLogin")))
    public Uni<Response> login(@Nullable String body, @Context HttpServerRequest request) {
        var address = request.remoteAddress().hostAddress();
        return Uni.createFrom()
                .item(() -> SnapRequest.parse(body))
                .chain(given -> sessions.open(given.required("username"), password(given), address))
                .map(SnapUsersResource::signedIn)
                .onFailure()
                .recoverWithItem(SnapAnswers::of);
    }

    private Uni<Response> create(Asker asker, SnapRequest given) {
        var username = given.username();
        var password = password(given);
        if (password.length() < SHORTEST_PASSWORD) {
            throw SnapException.invalid("'password' has less than %d characters".formatted(SHORTEST_PASSWORD));
        }
        var role = given.text("role").orElse(Role.ADMINISTRATOR.toString());
        if (Role.of(role).isEmpty()) {
            throw SnapException.invalid("'role' is none of " + List.of(Role.values()));
        }
        var email = given.text("email");
        if (email.filter(text -> text.length() > LONGEST_EMAIL).isPresent()) {
            throw SnapException.invalid("'email' is too long");
        }
        return accounts.create(username, password, role, email, asker.session(), asker.address())
                .map(added -> {
                    if (!added) {
                        throw SnapException.invalid("There is a user '%s' already".formatted(username));
                    }
                    var user = JsonNodeFactory.instance.objectNode();
                    return SnapAnswers.success(user.put("username", username).put("role", role), "User created");
                });
    }

    private static String password(SnapRequest given) {
        var password = given.required("password");
        if (password.length() > LONGEST_PASSWORD) {
            throw SnapException.invalid("'password' is too long");
        }
        return password;
    }

    private static Response signedIn(Opened opened) {
        var session = opened.session();
        var answer = JsonNodeFactory.instance.objectNode().put("success", true);
        answer.put("token", opened.token().value());
        answer.putObject("user").put("username", session.name()).put("role", opened.role());
        return Response.ok(answer).header("Cache-Control", "no-store").build();
    }
}
