package dev.longshore.gateway.proxy;

import static dev.longshore.testkit.Eventually.eventuallyTrue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.gateway.proxy.domain.Service;
import dev.longshore.testkit.TestCertificates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.tls.BaseTlsConfiguration;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.TrustOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Being slow is not being away: whoever waits for a turn, or for TLS, does not end what the service does for others. */
class ServicesTest {

    private static final Duration SLOW = Duration.ofMillis(400);

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void waitsForATurn() {
        var services = services(slow(), Map.of("concurrency", "1", "connect-timeout", "100ms"));

        assertThat(ask(services, 4).map(ServicesTest::outcome)).containsOnly("200");
        assertThat(isCutOff()).isFalse();
    }

    @Test
    void saysThatItIsBusyOnceTheQueueIsFull() {
        var services = services(slow(), Map.of("concurrency", "1", "queue", "3"));

        var outcomes = ask(services, 10).map(ServicesTest::outcome).toList();

        assertThat(outcomes).containsOnly("200", "config-service is busy");
        // The first one waits for its connection in the queue, too, or has it already.
        assertThat(outcomes.stream().filter("200"::equals)).hasSizeBetween(3, 4);
        assertThat(isCutOff()).isFalse();
        assertThat(outcome(ask(services))).isEqualTo("200");
    }

    @Test
    void saysThatItIsBusyIfTheTurnDoesNotCome() {
        var services = services(slow(), Map.of("concurrency", "1", "queue-patience", "100ms"));

        var outcomes = ask(services, 5).map(ServicesTest::outcome).toList();

        assertThat(outcomes.getFirst()).isEqualTo("200");
        assertThat(outcomes.subList(1, 5)).containsOnly("config-service is busy");
        assertThat(isCutOff()).isFalse();
    }

    @Test
    void waitsForTlsLongerThanForAConnection(@TempDir Path folder) {
        var certificates = TestCertificates.in(folder);
        var behind = listen(
                new HttpServerOptions().setSsl(true).setKeyCertOptions(pfx(certificates.keyStore("service"))),
                request -> request.response().end());
        var slow = vertx.createNetServer().connectHandler(from -> later(from, behind));
        var port = join(slow.listen(0, "127.0.0.1")).actualPort();

        var services = services(
                "https://127.0.0.1:" + port,
                Map.of("tls", "services", "connect-timeout", "100ms"),
                new Tls(pfx(certificates.trustStore())));

        assertThat(outcome(ask(services))).isEqualTo("200");
        assertThat(isCutOff()).isFalse();
    }

    @Test
    void cutsOffWhatIsSilentBeforeTlsIsAgreedUpon() {
        var silent = vertx.createNetServer().connectHandler(NetSocket::pause);
        services(
                "https://127.0.0.1:" + join(silent.listen(0, "127.0.0.1")).actualPort(),
                Map.of("tls", "services", "breaker.sign-of-life-patience", "200ms", "breaker.ask-every", "50ms"));

        eventuallyTrue(this::isCutOff);
    }

    @Test
    void cutsOffWhatTakesNoConnection() {
        var services = services("http://127.0.0.1:1", Map.of());

        IntStream.range(0, 3)
                .forEach(_ -> assertThatThrownBy(() -> join(ask(services))).hasMessageContaining("Connection refused"));

        assertThat(outcome(ask(services))).isEqualTo("config-service is away");
        assertThat(isCutOff()).isTrue();
    }

    private void later(NetSocket from, int port) {
        from.pause();
        vertx.setTimer(
                SLOW.toMillis(),
                _ -> vertx.createNetClient().connect(port, "127.0.0.1").onSuccess(to -> {
                    from.pipeTo(to);
                    to.pipeTo(from);
                }));
    }

    /** Lives, and takes its time for what it is asked. */
    private String slow() {
        return "http://127.0.0.1:"
                + listen(new HttpServerOptions(), request -> {
                    if (request.path().startsWith("/q/")) {
                        request.response().end();
                    } else {
                        vertx.setTimer(SLOW.toMillis(), _ -> request.response().end());
                    }
                });
    }

    private int listen(HttpServerOptions options, Handler<HttpServerRequest> handler) {
        return join(vertx.createHttpServer(options).requestHandler(handler).listen(0, "127.0.0.1"))
                .actualPort();
    }

    private Services services(String base, Map<String, String> settings) {
        return services(base, settings, new Tls(new PfxOptions()));
    }

    private Services services(String base, Map<String, String> settings, Tls tls) {
        var values = new HashMap<String, String>();
        for (var service : List.of("config", "push", "scan", "replication", "retention")) {
            values.put("longshore.proxy.services." + service, base);
        }
        settings.forEach((key, value) -> values.put("longshore.proxy." + key, value));
        var config = new SmallRyeConfigBuilder()
                .withMapping(ProxyConfig.class)
                .addDefaultInterceptors()
                .withDefaultValues(values)
                .withConverter(Duration.class, 200, new DurationConverter())
                .build();
        return new Services(vertx, config.getConfigMapping(ProxyConfig.class), tls, meters);
    }

    /** All at once. */
    private static Stream<Future<Integer>> ask(Services services, int times) {
        return IntStream.range(0, times).mapToObj(_ -> ask(services)).toList().stream();
    }

    private static Future<Integer> ask(Services services) {
        return services.request(Service.CONFIG, HttpMethod.GET, "/api/v1/registries")
                .compose(HttpClientRequest::send)
                .compose(response -> response.end().map(response.statusCode()));
    }

    private static String outcome(Future<Integer> asked) {
        return join(asked.map(String::valueOf).otherwise(failure -> String.valueOf(failure.getMessage())));
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private boolean isCutOff() {
        return meters.get("longshore.proxy.cut.off")
                        .tag("service", "config-service")
                        .gauge()
                        .value()
                > 0;
    }

    private static PfxOptions pfx(Path file) {
        return new PfxOptions().setPath(file.toString()).setPassword(TestCertificates.PASSWORD);
    }

    /** What Quarkus' registry would hand out for {@code quarkus.tls.services}. */
    private static final class Tls extends BaseTlsConfiguration implements TlsConfigurationRegistry {

        private final TrustOptions trust;

        private Tls(TrustOptions trust) {
            this.trust = trust;
        }

        @Override
        public TrustOptions getTrustStoreOptions() {
            return trust;
        }

        @Override
        public SSLOptions getSSLOptions() {
            return new SSLOptions();
        }

        @Override
        public Optional<TlsConfiguration> get(String name) {
            return Optional.of(this);
        }

        @Override
        public Optional<TlsConfiguration> getDefault() {
            return Optional.empty();
        }

        @Override
        public void register(String name, TlsConfiguration configuration) {
            throw new UnsupportedOperationException();
        }
    }
}
