package dev.longshore.retention.rest;

import jakarta.ws.rs.core.Response;
import java.net.URI;

/** Work has begun; how it goes is at {@code /api/v1/executions/{id}}. */
public record ExecutionStarted(String id) {

    Response toResponse() {
        return Response.accepted(this)
                .location(URI.create("/api/v1/executions/" + id))
                .build();
    }
}
