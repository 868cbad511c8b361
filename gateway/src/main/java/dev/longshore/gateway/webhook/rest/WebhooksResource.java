package dev.longshore.gateway.webhook.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longshore.gateway.webhook.WebhookIntake;
import dev.longshore.gateway.webhook.domain.Delivery;
import dev.longshore.gateway.webhook.domain.DeliveryState;
import dev.longshore.gateway.webhook.domain.Uselessness;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Where registries notify. */
@Path("/webhooks/{registry}")
@Produces(MediaType.APPLICATION_JSON)
public class WebhooksResource {

    private final WebhookIntake intake;

    WebhooksResource(WebhookIntake intake) {
        this.intake = intake;
    }

    /** What a registry is answered. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Accepted(
            String id, DeliveryState state, @Nullable Uselessness reason) {

        static Accepted from(Delivery delivery) {
            return new Accepted(
                    delivery.id(), delivery.state(), delivery.uselessness().orElse(null));
        }
    }

    @POST
    @SecurityRequirements
    @Operation(
            summary = "Notify of what happened in a registry",
            description = "The registry's webhook secret is the login")
    @APIResponse(
            responseCode = "202",
            description = "Stored",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Accepted.class)))
    public Uni<Response> notified(@RestPath String registry, @Context RoutingContext context) {
        return receive(registry, Optional.empty(), context);
    }

    @POST
    @Path("/{secret}")
    @SecurityRequirements
    @Operation(summary = "Notify, for vendors that can send no secret but in the address")
    @APIResponse(
            responseCode = "202",
            description = "Stored",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Accepted.class)))
    public Uni<Response> notifiedWithSecret(
            @RestPath String registry, @RestPath String secret, @Context RoutingContext context) {
        return receive(registry, Optional.of(secret), context);
    }

    private Uni<Response> receive(String registry, Optional<String> secret, RoutingContext context) {
        return intake.receive(registry, secret, context)
                .map(delivery -> Response.accepted(Accepted.from(delivery)).build());
    }
}
