package dev.longshore.gateway.progress.rest;

import dev.longshore.events.ProgressEvent.ProgressReported;
import dev.longshore.gateway.access.CurrentAccess;
import dev.longshore.gateway.progress.ProgressConfig;
import dev.longshore.gateway.progress.ProgressHub;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestQuery;

/** Progress of long work, as it happens. */
@Path("/api/v1/progress")
public class ProgressResource {

    private final ProgressHub hub;
    private final ProgressConfig config;
    private final CurrentAccess current;

    ProgressResource(ProgressHub hub, ProgressConfig config, CurrentAccess current) {
        this.hub = hub;
        this.config = config;
        this.current = current;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Progress of long work as server-sent events",
            description = "Of all executions, or of one. Events may be lost: ask the execution for its state.")
    @APIResponse(
            responseCode = "200",
            description = "A stream that ends after an hour; connect again",
            content = @Content(mediaType = "text/event-stream", schema = @Schema(type = SchemaType.STRING)))
    public Multi<OutboundSseEvent> watch(@RestQuery Optional<String> execution, @Context Sse sse) {
        var access = current.get();
        var events = hub.watch()
                .filter(event -> access.sees(event.project()))
                .filter(event -> execution.isEmpty() || execution.get().equals(event.execution()))
                .map(event -> event(sse, event));
        // Also tells a proxy, or a client behind a dead link, that the connection stands.
        var heartbeats = Multi.createFrom()
                .ticks()
                .every(config.heartbeat())
                .onOverflow()
                .drop()
                .map(_ -> sse.newEventBuilder().comment("still here").build());
        return Multi.createBy()
                .merging()
                .streams(
                        Multi.createFrom()
                                .item(sse.newEventBuilder().comment("watching").build()),
                        events,
                        heartbeats)
                .select()
                .first(config.longest());
    }

    private static OutboundSseEvent event(Sse sse, ProgressReported event) {
        return sse.newEventBuilder()
                .name("progress")
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(ProgressReported.class, event)
                .build();
    }
}
