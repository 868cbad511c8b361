package dev.longshore.gateway.identity.account.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.access.CurrentAccess;
import dev.longshore.gateway.access.domain.Grants;
import dev.longshore.gateway.identity.Precondition;
import dev.longshore.gateway.identity.account.Administered;
import dev.longshore.gateway.identity.account.ServiceAccounts;
import dev.longshore.gateway.identity.account.postgres.ServiceAccount;
import dev.longshore.gateway.identity.account.postgres.ServiceAccountStore;
import dev.longshore.gateway.session.CurrentSession;
import dev.longshore.kit.http.Cursor;
import dev.longshore.kit.http.CursorPage;
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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Machines. */
@Path("/api/v1/service-accounts")
@Tag(name = "Service accounts", description = "Machines: what they may do, and their tokens.")
class ServiceAccountsResource {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private final ServiceAccounts accounts;
    private final ServiceAccountStore store;
    private final CurrentSession current;
    private final CurrentAccess access;

    ServiceAccountsResource(
            ServiceAccounts accounts, ServiceAccountStore store, CurrentSession current, CurrentAccess access) {
        this.accounts = accounts;
        this.store = store;
        this.current = current;
        this.access = access;
    }

    @GET
    @Operation(operationId = "listServiceAccounts", summary = "Lists service accounts by name")
    public Uni<CursorPage<ServiceAccount>> list(
            @RestQuery @Nullable String cursor, @RestQuery @DefaultValue("50") @Min(1) @Max(200) int limit) {
        var visible = access.get().visible();
        return store.list(
                        visible.contains(Grants.WHOLE) ? Optional.empty() : Optional.of(visible),
                        Cursor.decode(cursor),
                        limit + 1)
                .map(found -> CursorPage.of(found, limit, ServiceAccount::name));
    }

    @GET
    @Path("/{name}")
    @Operation(operationId = "getServiceAccount", summary = "Shows a service account")
    @APIResponse(responseCode = "200", description = "With ETag")
    @APIResponse(responseCode = "404", description = "There is none of this name")
    public Uni<Response> find(@RestPath String name) {
        var mine = access.get();
        return store.find(name)
                .map(found -> found.filter(account -> mine.sees(account.project()))
                        .orElseThrow(() ->
                                new ProblemException(ErrorCode.NOT_FOUND, "There is no service account of this name")))
                .map(account -> shown(Response.ok(), account));
    }

    @PUT
    @Path("/{name}")
    @Operation(
            operationId = "putServiceAccount",
            summary = "Creates or replaces a service account",
            description = "By who administers its project, and each in which it gets a role")
    @APIResponse(responseCode = "201", description = "Created; ETag is its version")
    @APIResponse(responseCode = "200", description = "Replaced")
    @APIResponse(responseCode = "400", description = "Not valid: errors[] names each field by a JSON pointer")
    @APIResponse(responseCode = "404", description = "There is one of this name in a project that one does not see")
    @APIResponse(responseCode = "412", description = "Changed meanwhile: If-Match does not name its version")
    public Uni<Response> put(
            @RestPath String name,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @NotNull @Valid ServiceAccountDocument document,
            @Context HttpServerRequest request) {
        if (!NAME.matcher(name).matches()) {
            throw new ProblemException(
                    ErrorCode.INVALID_REQUEST,
                    "A name has 1 to 63 lower case letters, digits and hyphens, and begins with no hyphen");
        }
        var administered = new Administered(access.get());
        var content = document.content();
        return current.actor(request)
                .chain(by -> accounts.put(name, content, new Precondition(ifMatch, ifNoneMatch), by, administered))
                .map(changed -> shown(
                        changed.isNew()
                                ? Response.created(URI.create("/api/v1/service-accounts/" + name))
                                : Response.ok(),
                        changed.account()));
    }

    @DELETE
    @Path("/{name}")
    @Operation(operationId = "deleteServiceAccount", summary = "Removes a service account and its tokens")
    @APIResponse(responseCode = "204", description = "Removed")
    @APIResponse(responseCode = "404", description = "There is none of this name")
    public Uni<Void> delete(
            @RestPath String name,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Context HttpServerRequest request) {
        var administered = new Administered(access.get());
        return current.actor(request)
                .chain(by -> accounts.delete(name, new Precondition(ifMatch, null), by, administered));
    }

    private static Response shown(Response.ResponseBuilder response, ServiceAccount account) {
        return response.entity(account)
                .header(HttpHeaders.ETAG, Precondition.etag(account.version()))
                .build();
    }
}
