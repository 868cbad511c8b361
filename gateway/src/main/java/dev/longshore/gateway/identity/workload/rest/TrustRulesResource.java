package dev.longshore.gateway.identity.workload.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.access.CurrentAccess;
import dev.longshore.gateway.access.domain.Grants;
import dev.longshore.gateway.identity.Precondition;
import dev.longshore.gateway.identity.account.Administered;
import dev.longshore.gateway.identity.workload.IssuerAddresses;
import dev.longshore.gateway.identity.workload.TrustRules;
import dev.longshore.gateway.identity.workload.postgres.ShownRule;
import dev.longshore.gateway.identity.workload.postgres.TrustRuleStore;
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

/** Which workloads are believed without a secret of their own. */
@Path("/api/v1/trust-rules")
@Tag(name = "Trust rules", description = "Workloads that are known by what their platform signs for them.")
class TrustRulesResource {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private final TrustRules rules;
    private final TrustRuleStore store;
    private final IssuerAddresses addresses;
    private final CurrentSession current;
    private final CurrentAccess access;

    TrustRulesResource(
            TrustRules rules,
            TrustRuleStore store,
            IssuerAddresses addresses,
            CurrentSession current,
            CurrentAccess access) {
        this.rules = rules;
        this.store = store;
        this.addresses = addresses;
        this.current = current;
        this.access = access;
    }

    @GET
    @Operation(operationId = "listTrustRules", summary = "Lists trust rules by name")
    public Uni<CursorPage<ShownRule>> list(
            @RestQuery @Nullable String cursor, @RestQuery @DefaultValue("50") @Min(1) @Max(200) int limit) {
        var visible = access.get().visible();
        return store.list(
                        visible.contains(Grants.WHOLE) ? Optional.empty() : Optional.of(visible),
                        Cursor.decode(cursor),
                        limit + 1)
                .map(found -> CursorPage.of(found, limit, ShownRule::name));
    }

    @GET
    @Path("/{name}")
    @Operation(operationId = "getTrustRule", summary = "Shows a trust rule")
    @APIResponse(responseCode = "200", description = "With ETag")
    @APIResponse(responseCode = "404", description = "There is none of this name")
    public Uni<Response> find(@RestPath String name) {
        var mine = access.get();
        return store.find(name)
                .map(found -> found.filter(rule -> mine.sees(rule.project()))
                        .orElseThrow(
                                () -> new ProblemException(ErrorCode.NOT_FOUND, "There is no trust rule of this name")))
                .map(rule -> shown(Response.ok(), rule));
    }

    @PUT
    @Path("/{name}")
    @Operation(
            operationId = "putTrustRule",
            summary = "Creates or replaces a trust rule",
            description = "By who administers its project")
    @APIResponse(responseCode = "201", description = "Created; ETag is its version")
    @APIResponse(responseCode = "200", description = "Replaced")
    @APIResponse(responseCode = "400", description = "Not valid: errors[] names each field by a JSON pointer")
    @APIResponse(responseCode = "404", description = "There is one of this name in a project that one does not see")
    @APIResponse(responseCode = "412", description = "Changed meanwhile: If-Match does not name its version")
    public Uni<Response> put(
            @RestPath String name,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @NotNull @Valid TrustRuleDocument document,
            @Context HttpServerRequest request) {
        if (!NAME.matcher(name).matches()) {
            throw new ProblemException(
                    ErrorCode.INVALID_REQUEST,
                    "A name has 1 to 63 lower case letters, digits and hyphens, and begins with no hyphen");
        }
        var administered = new Administered(access.get());
        var rule = document.rule(name, addresses.mayBePrivate());
        return addresses
                .check(document.issuerUri().getHost())
                .chain(() -> current.actor(request))
                .chain(by -> rules.put(rule, new Precondition(ifMatch, ifNoneMatch), by, administered))
                .map(changed -> shown(
                        changed.isNew() ? Response.created(URI.create("/api/v1/trust-rules/" + name)) : Response.ok(),
                        changed.rule()));
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
        var administered = new Administered(access.get());
        return current.actor(request)
                .chain(by -> rules.delete(name, new Precondition(ifMatch, null), by, administered));
    }

    private static Response shown(Response.ResponseBuilder response, ShownRule rule) {
        return response.entity(rule)
                .header(HttpHeaders.ETAG, Precondition.etag(rule.version()))
                .build();
    }
}
