package dev.longshore.gateway.snap.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.gateway.proxy.ServiceCalls.Asker;
import dev.longshore.gateway.snap.SnapCallers;
import dev.longshore.gateway.snap.SnapRegistries;
import dev.longshore.gateway.snap.domain.SnapRequest;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /config/registry}: SNAP's registry configurations, which are our registries. */
@Path("/config/registry")
@Tag(name = "SNAP")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
class SnapRegistriesResource {

    private final SnapCallers callers;
    private final SnapRegistries registries;

    SnapRegistriesResource(SnapCallers callers, SnapRegistries registries) {
        this.callers = callers;
        this.registries = registries;
    }

    @POST
    @Path("/create")
    @Operation(
            operationId = "snapCreateRegistry",
            summary = "SNAP: makes a registry {name, url, username, password, verify_ssl}")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "SnapRegistry")))
    public Uni<Response> create(@Nullable String body) {
        return answer("Registry created", asker -> registries.create(asker, SnapRequest.parse(body)));
    }

    @GET
    @Path("/list")
    @Operation(operationId = "snapListRegistries", summary = "SNAP: all registries, without their passwords")
    public Uni<Response> list() {
        return answer("Registries", registries::list);
    }

    @PUT
    @Path("/update")
    @Operation(
            operationId = "snapUpdateRegistry",
            summary = "SNAP: changes what is given of a registry",
            description = "A password that is left out stays, unless the registry is elsewhere now")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "SnapRegistryChange")))
    public Uni<Response> update(@Nullable String body) {
        return answer("Registry updated", asker -> registries.update(asker, SnapRequest.parse(body)));
    }

    @DELETE
    @Path("/delete")
    @Operation(operationId = "snapDeleteRegistry", summary = "SNAP: removes a registry {name}, or ?name=")
    @RequestBody(
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "SnapRegistryNamed")))
    public Uni<Response> delete(@QueryParam("name") @Nullable String name, @Nullable String body) {
        return callers.identify()
                .chain(asker -> registries.delete(asker, named(name, body)))
                .map(_ -> SnapAnswers.success(null, "Registry deleted"))
                .onFailure()
                .recoverWithItem(SnapAnswers::of);
    }

    private Uni<Response> answer(String message, Function<Asker, Uni<JsonNode>> work) {
        return callers.identify()
                .chain(work::apply)
                .map(data -> SnapAnswers.success(data, message))
                .onFailure()
                .recoverWithItem(SnapAnswers::of);
    }

    /** By the query, or by the body; one that is sent for nothing has to be readable too. */
    private static SnapRequest named(@Nullable String name, @Nullable String body) {
        var given =
                body == null || body.isBlank() ? Optional.<SnapRequest>empty() : Optional.of(SnapRequest.parse(body));
        return name == null ? given.orElseGet(() -> SnapRequest.parse(body)) : SnapRequest.named(name);
    }
}
