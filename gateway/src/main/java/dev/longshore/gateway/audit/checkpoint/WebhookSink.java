package dev.longshore.gateway.audit.checkpoint;

import dev.longshore.gateway.audit.AuditConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Posts each checkpoint to an address of the operator's. */
@ApplicationScoped
class WebhookSink implements CheckpointSink {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Optional<URI> address;
    private final HttpClient client;

    WebhookSink(AuditConfig config, Vertx vertx) {
        this.address = config.checkpoints().webhook();
        this.client = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(5_000));
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public boolean isConfigured() {
        return address.isPresent();
    }

    @Override
    public Uni<Void> write(String signed, Instant madeAt) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(address.orElseThrow().toString())
                .putHeader("Content-Type", "application/jose");
        return Uni.createFrom()
                .completionStage(() -> client.request(options)
                        .compose((HttpClientRequest request) -> request.send(Buffer.buffer(signed)))
                        .compose(response -> response.statusCode() / 100 == 2
                                ? Future.<Void>succeededFuture()
                                : Future.failedFuture("It answered " + response.statusCode()))
                        .toCompletionStage())
                .ifNoItem()
                .after(PATIENCE)
                .fail();
    }
}
