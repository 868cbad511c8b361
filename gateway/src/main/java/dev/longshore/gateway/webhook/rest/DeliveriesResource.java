package dev.longshore.gateway.webhook.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.webhook.domain.Delivery;
import dev.longshore.gateway.webhook.domain.DeliveryState;
import dev.longshore.gateway.webhook.postgres.Deliveries;
import dev.longshore.kit.http.Cursor;
import dev.longshore.kit.http.CursorPage;
import dev.longshore.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Notifications as they came. */
@Path("/api/v1/deliveries")
public class DeliveriesResource {

    private final Deliveries deliveries;

    DeliveriesResource(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @GET
    @Operation(summary = "Notifications, newest first", description = "`state`: received or failed")
    public Uni<CursorPage<DeliveryView>> list(
            @RestQuery Optional<String> registry,
            @RestQuery Optional<String> state,
            @RestQuery @Nullable String cursor,
            @RestQuery @DefaultValue("50") @Min(1) @Max(200) int limit) {
        return deliveries
                .list(registry, state.map(DeliveriesResource::state), Cursor.decode(cursor), limit + 1)
                .map(found -> CursorPage.of(found, limit, Delivery::id).map(DeliveryView::listed));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One notification with its body")
    public Uni<DeliveryView> find(@RestPath String id) {
        return deliveries
                .find(id)
                .map(found -> found.map(DeliveryView::whole)
                        .orElseThrow(() -> new ProblemException(
                                ErrorCode.NOT_FOUND, "There is no delivery of this id, or it is gone by now")));
    }

    private static DeliveryState state(String text) {
        return DeliveryState.parse(text)
                .orElseThrow(
                        () -> new ProblemException(ErrorCode.INVALID_REQUEST, "The state is one of received, failed"));
    }
}
