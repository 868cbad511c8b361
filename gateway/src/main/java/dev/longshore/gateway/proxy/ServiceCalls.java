package dev.longshore.gateway.proxy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.longshore.gateway.audit.domain.Outcome;
import dev.longshore.gateway.audit.operation.Operations;
import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.gateway.proxy.domain.Service;
import dev.longshore.gateway.token.InternalTokenWriter;
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
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Questions that the gateway itself asks the services, in the name of whoever made it ask. */
@ApplicationScoped
public class ServiceCalls {

    private final Services services;
    private final InternalTokenWriter tokens;
    private final Operations operations;
    private final ObjectMapper mapper;

    ServiceCalls(Services services, InternalTokenWriter tokens, Operations operations, ObjectMapper mapper) {
        this.services = services;
        this.tokens = tokens;
        this.operations = operations;
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

    /** Fails if the service is away, or a change cannot be audited; whatever the service answers is an answer. */
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
        var call = new Call(asker, service, HttpMethod.valueOf(method), path, body, headers);
        return Uni.createFrom().completionStage(() -> kept(call).toCompletionStage());
    }

    private record Call(
            Asker asker,
            Service service,
            HttpMethod method,
            String path,
            @Nullable JsonNode body,
            Map<String, String> headers) {}

    /** What changes something is in the trail before it is done. */
    private Future<Answer> kept(Call call) {
        var access = tokens.access(call.asker().session(), call.method(), call.path());
        if (access.operation().isSafe()) {
            return call(call, Optional.empty());
        }
        return operations
                .ask(call.asker().session(), call.asker().address(), access, call.path())
                .compose(id -> call(call, Optional.of(id))
                        .onSuccess(answer -> operations.answered(id, answer.status()))
                        .onFailure(_ -> operations.answered(id, Outcome.UNSEEN)));
    }

    private Future<Answer> call(Call call, Optional<UUID> kept) {
        var asker = call.asker();
        var token = tokens.token(asker.session(), call.service(), asker.address(), call.method(), call.path(), kept);
        return services.request(call.service(), call.method(), call.path())
                .compose(request -> {
                    call.headers().forEach(request::putHeader);
                    request.putHeader("Accept", "application/json").putHeader("Authorization", "Bearer " + token);
                    return send(request, call.body());
                })
                .compose(response -> response.body().map(bytes -> answer(response, bytes)));
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
