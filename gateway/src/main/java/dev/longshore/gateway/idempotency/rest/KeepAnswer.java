package dev.longshore.gateway.idempotency.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.idempotency.Recording;
import dev.longshore.gateway.idempotency.domain.ShownOnce;
import dev.longshore.kit.problem.Problem;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** Keeps what the gateway's own resources answer to a request with a key, before it is given. */
@ApplicationScoped
public class KeepAnswer {

    private static final String TYPE = "Content-Type";

    private final CurrentVertxRequest current;
    private final ObjectMapper mapper;

    KeepAnswer(CurrentVertxRequest current, ObjectMapper mapper) {
        this.current = current;
        this.mapper = mapper;
    }

    @ServerResponseFilter
    public Uni<Void> keep(ContainerResponseContext response) {
        var recording = Recording.of(current.getCurrent());
        if (recording.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom()
                .completionStage(() -> kept(recording.get(), response).toCompletionStage());
    }

    private io.vertx.core.Future<Void> kept(Recording recording, ContainerResponseContext response) {
        if (response.getEntity() instanceof ShownOnce once) {
            var problem = Problem.of(ErrorCode.SECRET_SHOWN_ONCE, once.toWhoAsksAgain(), List.of());
            var headers = MultiMap.caseInsensitiveMultiMap().add(TYPE, "application/problem+json");
            return recording.answered(problem.status(), headers, json(problem));
        }
        var headers = MultiMap.caseInsensitiveMultiMap();
        response.getHeaders().forEach((name, values) -> headers.add(name, String.valueOf(values.getFirst())));
        if (response.hasEntity() && !headers.contains(TYPE)) {
            // What writes it says so later, and all that is written here is JSON.
            headers.add(TYPE, MediaType.APPLICATION_JSON);
        }
        return recording.answered(response.getStatus(), headers, json(response.getEntity()));
    }

    /** As it is written to who asked first. */
    private Buffer json(@Nullable Object entity) {
        try {
            return entity == null ? Buffer.buffer() : Buffer.buffer(mapper.writeValueAsBytes(entity));
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("Could not write an answer", failure);
        }
    }
}
