package dev.longshore.gateway.webhook.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.access.CurrentAccess;
import dev.longshore.gateway.session.CurrentSession;
import dev.longshore.gateway.webhook.DeliveryOutcomes;
import dev.longshore.gateway.webhook.ReplayDelivery;
import dev.longshore.gateway.webhook.domain.Delivery;
import dev.longshore.gateway.webhook.domain.DeliveryState;
import dev.longshore.gateway.webhook.postgres.Deliveries;
import dev.longshore.kit.http.Cursor;
import dev.longshore.kit.http.CursorPage;
import dev.longshore.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Notifications as they came. */
@Path("/api/v1/deliveries")
public class DeliveriesResource {

    private final Deliveries deliveries;
    private final DeliveryOutcomes outcomes;
    private final ReplayDelivery replay;
    private final CurrentSession current;
    private final CurrentAccess access;

    DeliveriesResource(
            Deliveries deliveries,
            DeliveryOutcomes outcomes,
            ReplayDelivery replay,
            CurrentSession current,
            CurrentAccess access) {
        this.deliveries = deliveries;
        this.outcomes = outcomes;
        this.replay = replay;
        this.current = current;
        this.access = access;
    }

    @GET
    @Operation(summary = "Notifications, newest first", description = "`state`: received or failed")
    public Uni<CursorPage<DeliveryView>> list(
            @RestQuery Optional<@Pattern(regexp = "[a-z0-9][a-z0-9-]{0,62}") String> registry,
            @RestQuery @Parameter(schema = @Schema(enumeration = {"received", "failed"})) Optional<String> state,
            @RestQuery @Nullable String cursor,
            @RestQuery @DefaultValue("50") @Min(1) @Max(200) int limit,
            @Context HttpServerRequest request) {
        return deliveries
                .list(
                        registry,
                        state.map(DeliveriesResource::state),
                        Cursor.decode(cursor),
                        limit + 1,
                        access.get().permitted())
                .map(found -> CursorPage.of(found, limit, Delivery::id))
                .chain(page -> outcomes(page.items(), request)
                        .map(known -> page.map(each -> DeliveryView.listed(each, known.get(each.id())))));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One notification with its body")
    public Uni<DeliveryView> find(@RestPath String id, @Context HttpServerRequest request) {
        return visible(id)
                .chain(delivery ->
                        outcomes(List.of(delivery), request).map(known -> DeliveryView.whole(delivery, known.get(id))));
    }

    @POST
    @Path("/{id}/replay")
    @ResponseStatus(202)
    @Operation(
            summary = "Take a notification in once more",
            description = "What it tells of is read from the registry again. Refused where nothing can be made of it")
    public Uni<DeliveryView> replay(@RestPath String id, @Context HttpServerRequest request) {
        return visible(id)
                .chain(() -> current.get())
                .chain(session -> replay.replay(id, session, address(request)))
                .map(delivery -> DeliveryView.listed(delivery, null));
    }

    /** Whoever may do this in the delivery's project may see it. */
    private Uni<Delivery> visible(String id) {
        var allowed = access.get();
        return deliveries
                .find(id)
                .map(found -> found.filter(delivery -> allowed.allows(delivery.project()))
                        .orElseThrow(() -> new ProblemException(
                                ErrorCode.NOT_FOUND, "There is no delivery of this id, or it is gone by now")));
    }

    private Uni<Map<String, JsonNode>> outcomes(List<Delivery> of, HttpServerRequest request) {
        var ids = of.stream().map(Delivery::id).toList();
        return current.get().chain(session -> outcomes.of(ids, session, address(request)));
    }

    private static String address(HttpServerRequest request) {
        return request.remoteAddress().hostAddress();
    }

    private static DeliveryState state(String text) {
        return DeliveryState.parse(text)
                .orElseThrow(
                        () -> new ProblemException(ErrorCode.INVALID_REQUEST, "The state is one of received, failed"));
    }
}
