package dev.longshore.gateway.proxy;

import dev.longshore.gateway.proxy.domain.Service;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Connections to the services: a pool of its own for each, so that one that hangs holds up no other. */
@ApplicationScoped
public class Services {

    private static final Logger LOG = Logger.getLogger(Services.class);

    private final ProxyConfig config;
    private final Breakers breakers;
    private final HttpClient signsOfLife;
    private final Map<Service, HttpClient> clients = new EnumMap<>(Service.class);

    Services(Vertx vertx, ProxyConfig config, TlsConfigurationRegistry tls, MeterRegistry meters) {
        this.config = config;
        var options = new HttpClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setKeepAliveTimeout(30)
                // Of the connection, not of the request: while a large body goes up, the service says nothing for long.
                .setIdleTimeout((int) config.silence().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setDecompressionSupported(false);
        config.tls().ifPresent(name -> TlsConfigUtils.configure(options, configuration(tls, name)));
        options.setSslHandshakeTimeout(patienceMillis(config)).setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        var pool = new PoolOptions().setHttp1MaxSize(config.concurrency()).setMaxWaitQueueSize(config.queue());
        for (var service : Service.values()) {
            clients.put(service, vertx.createHttpClient(options, pool));
        }
        // Not through the pools: those of a service that hangs are full.
        this.signsOfLife =
                vertx.createHttpClient(new HttpClientOptions(options).setIdleTimeout(2 * patienceMillis(config)));
        this.breakers = new Breakers(vertx, config.breaker(), this::signOfLife, meters);
    }

    /** Certificates that were replaced: Quarkus reads the files again as its registry is told to. */
    void reload(@Observes CertificateUpdatedEvent updated) {
        if (config.tls().filter(updated.name()::equals).isPresent()) {
            var options = updated.tlsConfiguration().getSSLOptions();
            Stream.concat(clients.values().stream(), Stream.of(signsOfLife))
                    .forEach(client -> client.updateSSLOptions(options)
                            .onFailure(failure ->
                                    LOG.errorf(failure, "Could not take the new certificates for services")));
        }
    }

    private static TlsConfiguration configuration(TlsConfigurationRegistry tls, String name) {
        return tls.get(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "longshore.proxy.tls names %s, and there is no quarkus.tls.%s".formatted(name, name)));
    }

    /** A request that is not sent yet. Fails if the service takes no connection, is known to be away, or is busy. */
    Future<HttpClientRequest> request(Service service, HttpMethod method, String pathAndQuery) {
        return breakers.guard(
                service, () -> client(service).request(options(service, method, pathAndQuery, config.queuePatience())));
    }

    /** Any answer is a sign of life. */
    private Future<Void> signOfLife(Service service) {
        var patience = config.breaker().signOfLifePatience();
        return signsOfLife
                .request(options(service, HttpMethod.GET, "/q/health/live", patience)
                        .setTimeout(patience.toMillis()))
                .compose(HttpClientRequest::send)
                .compose(HttpClientResponse::end);
    }

    private static int patienceMillis(ProxyConfig config) {
        return (int) config.breaker().signOfLifePatience().toMillis();
    }

    /** @param turn how long it waits for a connection of the pool, and for what TLS has to agree upon */
    private RequestOptions options(Service service, HttpMethod method, String pathAndQuery, Duration turn) {
        var base = base(service);
        return new RequestOptions()
                .setMethod(method)
                .setHost(base.getHost())
                .setPort(port(base))
                .setSsl("https".equals(base.getScheme()))
                .setURI(pathAndQuery)
                .setConnectTimeout(turn.toMillis());
    }

    /** For the gateway's own questions: {@code /q/openapi}. */
    public Future<String> text(Service service, String path) {
        return request(service, HttpMethod.GET, path)
                .compose(HttpClientRequest::send)
                .compose(response -> response.statusCode() == 200
                        ? response.body().map(Object::toString)
                        : Future.failedFuture(service + " answered " + response.statusCode()));
    }

    URI base(Service service) {
        var services = config.services();
        return switch (service) {
            case CONFIG -> services.config();
            case PUSH -> services.push();
            case SCAN -> services.scan();
            case REPLICATION -> services.replication();
            case RETENTION -> services.retention();
        };
    }

    @PreDestroy
    void close() {
        breakers.close();
        signsOfLife.close().onFailure(_ -> {});
        clients.values().forEach(client -> client.close().onFailure(_ -> {}));
    }

    private HttpClient client(Service service) {
        var client = clients.get(service);
        if (client == null) {
            throw new IllegalStateException("There is no client for " + service);
        }
        return client;
    }

    private static int port(URI base) {
        return base.getPort() >= 0 ? base.getPort() : "https".equals(base.getScheme()) ? 443 : 80;
    }
}
