package dev.longshore.gateway.proxy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.gateway.proxy.domain.Service;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Questions that the gateway itself asks the services, in the name of whoever made it ask. */
@ApplicationScoped
public class ServiceCalls {

    private final Services services;
    private final InternalTokens tokens;
    private final ObjectMapper mapper;

    ServiceCalls(Services services, InternalTokens tokens, ObjectMapper mapper) {
        this.services = services;
        this.tokens = tokens;
        this.mapper = mapper;
    }

    /** Who asks, and from where. */
    public record Asker(Identity session, String address) {}

    /** @param body missing if there was none, or no JSON */
    public record Answer(int status, JsonNode body) {

        public boolean isGood() {
            return status >= 200 && status < 300;
        }
    }

    /** Fails if the service is away; whatever it answers is an answer. */
    public Uni<Answer> call(Asker asker, Service service, String method, String path, @Nullable JsonNode body) {
        return call(asker, service, method, path, body, Map.of());
    }

    public Uni<Answer> call(
            Asker asker,
            Service service,
            String method,
            String path,
            @Nullable JsonNode body,
            Map<String, String> headers) {
        return Uni.createFrom()
                .completionStage(() -> services.request(service, HttpMethod.valueOf(method), path)
                        .compose(request -> {
                            headers.forEach(request::putHeader);
                            request.putHeader("Accept", "application/json");
                            request.putHeader(
                                    "Authorization",
                                    "Bearer "
                                            + tokens.token(
                                                    asker.session(),
                                                    service,
                                                    asker.address(),
                                                    HttpMethod.valueOf(method),
                                                    path));
                            return send(request, body);
                        })
                        .compose(response -> response.body().map(bytes -> answer(response, bytes)))
                        .toCompletionStage());
    }

    private static Future<HttpClientResponse> send(HttpClientRequest request, @Nullable JsonNode body) {
        return body == null
                ? request.send()
                : request.putHeader("Content-Type", "application/json").send(Buffer.buffer(body.toString()));
    }

    private Answer answer(HttpClientResponse response, Buffer bytes) {
        try {
            var read = mapper.readTree(bytes.getBytes());
            return new Answer(response.statusCode(), read == null ? MissingNode.getInstance() : read);
        } catch (JsonProcessingException _) {
            // What is no JSON is told by its status.
            return new Answer(response.statusCode(), MissingNode.getInstance());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
