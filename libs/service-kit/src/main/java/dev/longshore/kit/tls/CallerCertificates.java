package dev.longshore.kit.tls;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/** Asks for the caller's certificate. Quarkus can do that too, but only as it was decided when the service was built. */
@ApplicationScoped
class CallerCertificates implements HttpServerOptionsCustomizer {

    private final ServiceTlsConfig config;

    CallerCertificates(ServiceTlsConfig config) {
        this.config = config;
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        options.setClientAuth(config.clientCertificates());
    }
}
