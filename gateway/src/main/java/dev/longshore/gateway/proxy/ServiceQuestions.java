package dev.longshore.gateway.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.gateway.proxy.domain.Service;
import dev.longshore.gateway.token.InternalTokenWriter;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** What the gateway itself asks of a service, on behalf of someone who is signed in. */
@ApplicationScoped
public class ServiceQuestions {

    private final Services services;
    private final InternalTokenWriter tokens;
    private final ObjectMapper mapper;
    private final Duration patience;

    ServiceQuestions(Services services, InternalTokenWriter tokens, ObjectMapper mapper, ProxyConfig config) {
        this.services = services;
        this.tokens = tokens;
        this.mapper = mapper;
        this.patience = config.listPatience();
    }

    /** Fails unless the service answers 200 in time. */
    public Uni<JsonNode> get(Service service, String pathAndQuery, Identity session, String address) {
        return Uni.createFrom()
                .completionStage(() -> services.request(service, HttpMethod.GET, pathAndQuery)
                        .map(request -> request.putHeader(
                                "Authorization",
                                "Bearer "
                                        + tokens.token(
                                                session,
                                                service,
                                                address,
                                                HttpMethod.GET,
                                                pathAndQuery,
                                                Optional.empty())))
                        .compose(HttpClientRequest::send)
                        .compose(response -> response.statusCode() == 200
                                ? response.body()
                                : io.vertx.core.Future.failedFuture(service + " answered " + response.statusCode()))
                        .toCompletionStage())
                .map(body -> read(body.getBytes()))
                .ifNoItem()
                .after(patience)
                .fail();
    }

    private JsonNode read(byte[] body) {
        try {
            return mapper.readTree(body);
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not read what a service answered", failure);
        }
    }
}
