package dev.longshore.gateway.identity.account.rest;

import dev.longshore.gateway.identity.account.ServiceAccounts;
import dev.longshore.gateway.identity.account.postgres.ServiceAccount;
import dev.longshore.gateway.identity.account.postgres.ServiceAccountStore;
import dev.longshore.gateway.identity.rest.NamedResources;
import dev.longshore.kit.http.CursorPage;
import dev.longshore.kit.http.Precondition;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Machines. */
@Path("/api/v1/service-accounts")
@Tag(name = "Service accounts", description = "Machines: what they may do, and their tokens.")
class ServiceAccountsResource {

    private final ServiceAccounts accounts;
    private final ServiceAccountStore store;
    private final NamedResources named;

    ServiceAccountsResource(ServiceAccounts accounts, ServiceAccountStore store, NamedResources named) {
        this.accounts = accounts;
        this.store = store;
        this.named = named;
    }

    @GET
    @Operation(operationId = "listServiceAccounts", summary = "Lists service accounts by name")
    public Uni<CursorPage<ServiceAccount>> list(
            @RestQuery @Nullable String cursor, @RestQuery @DefaultValue("50") @Min(1) @Max(200) int limit) {
        return named.list(store::list, cursor, limit);
    }

    @GET
    @Path("/{name}")
    @Operation(operationId = "getServiceAccount", summary = "Shows a service account")
    @APIResponse(
            responseCode = "200",
            description = "With ETag",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ServiceAccount.class)))
    @APIResponse(responseCode = "404", description = "There is none of this name")
    public Uni<Response> find(@RestPath String name) {
        return named.find(store.find(name), ServiceAccounts.KIND);
    }

    @PUT
    @Path("/{name}")
    @Operation(
            operationId = "putServiceAccount",
            summary = "Creates or replaces a service account",
            description = "By who administers its project, and each in which it gets a role")
    @APIResponse(responseCode = "201", description = "Created; ETag is its version")
    @APIResponse(
            responseCode = "200",
            description = "Replaced",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ServiceAccount.class)))
    @APIResponse(responseCode = "400", description = "Not valid: errors[] names each field by a JSON pointer")
    @APIResponse(responseCode = "404", description = "There is one of this name in a project that one does not see")
    @APIResponse(responseCode = "412", description = "Changed meanwhile: If-Match does not name its version")
    public Uni<Response> put(
            @RestPath String name,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @NotNull @Valid ServiceAccountDocument document,
            @Context HttpServerRequest request) {
        var precondition = new Precondition(ifMatch, ifNoneMatch);
        return named.put(
                ServiceAccounts.KIND, name, precondition, request, wish -> accounts.put(wish, document.content()));
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
        return named.changing(name, new Precondition(ifMatch, null), request, accounts::delete);
    }
}
