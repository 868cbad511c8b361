package dev.longshore.gateway.identity.user.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.identity.rest.NamedResources;
import dev.longshore.gateway.identity.user.Users;
import dev.longshore.gateway.identity.user.postgres.User;
import dev.longshore.gateway.identity.user.postgres.UserStore;
import dev.longshore.gateway.session.CurrentSession;
import dev.longshore.kit.http.Cursor;
import dev.longshore.kit.http.CursorPage;
import dev.longshore.kit.http.Precondition;
import dev.longshore.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** People's accounts, for administrators. */
@Path("/api/v1/users")
@Tag(name = "Users", description = "People: who may sign in, and what they are in the whole installation.")
class UsersResource {

    private static final String PATTERN = "^[A-Za-z0-9][A-Za-z0-9._@+-]{0,127}$";
    private static final Pattern NAME = Pattern.compile(PATTERN);
    /** Is a path of its own. */
    private static final Set<String> RESERVED = Set.of("current");

    private final Users users;
    private final UserStore store;
    private final CurrentSession current;

    UsersResource(Users users, UserStore store, CurrentSession current) {
        this.users = users;
        this.store = store;
        this.current = current;
    }

    @GET
    @Operation(operationId = "listUsers", summary = "Lists people by name")
    public Uni<CursorPage<User>> list(
            @RestQuery @Nullable String cursor, @RestQuery @DefaultValue("50") @Min(1) @Max(200) int limit) {
        return store.list(Cursor.decode(cursor), limit + 1).map(found -> CursorPage.of(found, limit, User::name));
    }

    @GET
    @Path("/{name}")
    @Operation(operationId = "getUser", summary = "Shows someone's account")
    @APIResponse(
            responseCode = "200",
            description = "With ETag",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = User.class)))
    @APIResponse(responseCode = "404", description = "There is none of this name")
    public Uni<Response> find(@RestPath @Parameter(schema = @Schema(pattern = PATTERN)) String name) {
        return store.find(name)
                .map(found -> found.orElseThrow(
                        () -> new ProblemException(ErrorCode.NOT_FOUND, "There is no user of this name")))
                .map(user -> NamedResources.shown(Response.ok(), user, user.version()));
    }

    @PUT
    @Path("/{name}")
    @Operation(
            operationId = "putUser",
            summary = "Creates or replaces an account",
            description = "A password that is left out stays as it is; a new one signs its owner out everywhere")
    @APIResponse(responseCode = "201", description = "Created; ETag is its version")
    @APIResponse(
            responseCode = "200",
            description = "Replaced",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = User.class)))
    @APIResponse(responseCode = "400", description = "Not valid: errors[] names each field by a JSON pointer")
    @APIResponse(responseCode = "409", description = "It is the last administrator's")
    @APIResponse(responseCode = "412", description = "Changed meanwhile: If-Match does not name its version")
    public Uni<Response> put(
            @RestPath @Parameter(schema = @Schema(pattern = PATTERN)) String name,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @NotNull @Valid UserDocument document,
            @Context HttpServerRequest request) {
        if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
            throw new ProblemException(
                    ErrorCode.INVALID_REQUEST,
                    "A name has letters, digits and . _ @ + -, at most 128, and is not 'current'");
        }
        return current.actor(request)
                .chain(by -> users.put(name, document.wanted(), new Precondition(ifMatch, ifNoneMatch), by))
                .map(changed -> NamedResources.put(
                        "/api/v1/users/" + name, changed, changed.now().version()));
    }

    @DELETE
    @Path("/{name}")
    @Operation(operationId = "deleteUser", summary = "Removes an account", description = "And ends its sessions")
    @APIResponse(responseCode = "204", description = "Removed")
    @APIResponse(responseCode = "404", description = "There is none of this name")
    @APIResponse(responseCode = "409", description = "It is the last administrator's")
    public Uni<Void> delete(
            @RestPath @Parameter(schema = @Schema(pattern = PATTERN)) String name,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Context HttpServerRequest request) {
        return current.actor(request).chain(by -> users.delete(name, new Precondition(ifMatch, null), by));
    }
}
