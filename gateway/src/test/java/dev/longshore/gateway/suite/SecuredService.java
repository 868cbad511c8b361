package dev.longshore.gateway.suite;

import dev.longshore.testkit.TestCertificates;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLPeerUnverifiedException;

/** A service that asks for the gateway's certificate, beside the usual surroundings; and one of another authority. */
public class SecuredService implements QuarkusTestResourceLifecycleManager {

    private final Surroundings usual = new Surroundings();
    private final Vertx vertx = Vertx.vertx();

    @Override
    public Map<String, String> start() {
        try {
            var certificates = TestCertificates.in(Files.createTempDirectory("longshore-certificates-"));
            var properties = new HashMap<>(usual.start());
            properties.put("longshore.proxy.tls", "services");
            properties.put(
                    "quarkus.tls.services.key-store.p12.path",
                    certificates.keyStore("gateway").toString());
            properties.put("quarkus.tls.services.key-store.p12.password", TestCertificates.PASSWORD);
            properties.put(
                    "quarkus.tls.services.trust-store.p12.path",
                    certificates.trustStore().toString());
            properties.put("quarkus.tls.services.trust-store.p12.password", TestCertificates.PASSWORD);
            properties.put("longshore.proxy.services.config", "https://127.0.0.1:" + listen(certificates, "service"));
            properties.put("longshore.proxy.services.push", "https://127.0.0.1:" + listen(certificates, "stranger"));
            return properties;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private int listen(TestCertificates certificates, String name) {
        var options = new HttpServerOptions()
                .setSsl(true)
                .setClientAuth(ClientAuth.REQUIRED)
                .setKeyCertOptions(pfx(certificates.keyStore(name).toString()))
                .setTrustOptions(pfx(certificates.trustStore().toString()));
        return vertx.createHttpServer(options)
                .requestHandler(SecuredService::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private static void answer(HttpServerRequest request) {
        try {
            request.response().end(request.sslSession().getPeerPrincipal().getName());
        } catch (SSLPeerUnverifiedException failure) {
            request.response().setStatusCode(500).end(failure.toString());
        }
    }

    private static PfxOptions pfx(String path) {
        return new PfxOptions().setPath(path).setPassword(TestCertificates.PASSWORD);
    }

    @Override
    public void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        usual.stop();
    }
}
