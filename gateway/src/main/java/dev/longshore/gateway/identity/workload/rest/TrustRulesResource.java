package dev.longshore.gateway.identity.workload.rest;

import dev.longshore.gateway.identity.rest.NamedResources;
import dev.longshore.gateway.identity.workload.IssuerAddresses;
import dev.longshore.gateway.identity.workload.TrustRules;
import dev.longshore.gateway.identity.workload.postgres.ShownRule;
import dev.longshore.gateway.identity.workload.postgres.TrustRuleStore;
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

/** Which workloads are believed without a secret of their own. */
@Path("/api/v1/trust-rules")
@Tag(name = "Trust rules", description = "Workloads that are known by what their platform signs for them.")
class TrustRulesResource {

    private final TrustRules rules;
    private final TrustRuleStore store;
    private final IssuerAddresses addresses;
    private final NamedResources named;

    TrustRulesResource(TrustRules rules, TrustRuleStore store, IssuerAddresses addresses, NamedResources named) {
        this.rules = rules;
        this.store = store;
        this.addresses = addresses;
        this.named = named;
    }

    @GET
    @Operation(operationId = "listTrustRules", summary = "Lists trust rules by name")
    public Uni<CursorPage<ShownRule>> list(
            @RestQuery @Nullable String cursor, @RestQuery @DefaultValue("50") @Min(1) @Max(200) int limit) {
        return named.list(store::list, cursor, limit);
    }

    @GET
    @Path("/{name}")
    @Operation(operationId = "getTrustRule", summary = "Shows a trust rule")
    @APIResponse(
            responseCode = "200",
            description = "With ETag",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ShownRule.class)))
    @APIResponse(responseCode = "404", description = "There is none of this name")
    public Uni<Response> find(@RestPath String name) {
        return named.find(store.find(name), TrustRules.KIND);
    }

    @PUT
    @Path("/{name}")
    @Operation(
            operationId = "putTrustRule",
            summary = "Creates or replaces a trust rule",
            description = "By who administers its project")
    @APIResponse(responseCode = "201", description = "Created; ETag is its version")
    @APIResponse(
            responseCode = "200",
            description = "Replaced",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ShownRule.class)))
    @APIResponse(responseCode = "400", description = "Not valid: errors[] names each field by a JSON pointer")
    @APIResponse(responseCode = "404", description = "There is one of this name in a project that one does not see")
    @APIResponse(responseCode = "412", description = "Changed meanwhile: If-Match does not name its version")
    public Uni<Response> put(
            @RestPath String name,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @NotNull @Valid TrustRuleDocument document,
            @Context HttpServerRequest request) {
        var precondition = new Precondition(ifMatch, ifNoneMatch);
        return named.put(TrustRules.KIND, name, precondition, request, wish -> {
            var rule = document.rule(name, addresses.mayBePrivate());
            return addresses.check(document.issuerUri().getHost()).chain(() -> rules.put(wish, rule));
        });
    }

    @DELETE
    @Path("/{name}")
    @Operation(operationId = "deleteTrustRule", summary = "Removes a trust rule")
    @APIResponse(responseCode = "204", description = "Removed")
    @APIResponse(responseCode = "404", description = "There is none of this name")
    public Uni<Void> delete(
            @RestPath String name,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Context HttpServerRequest request) {
        return named.changing(name, new Precondition(ifMatch, null), request, rules::delete);
    }
}
