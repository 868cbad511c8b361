package dev.longshore.gateway.door.connection;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/** What Quarkus has no setting for. */
@ApplicationScoped
class ServerOptions implements HttpServerOptionsCustomizer {

    /** The token is offered as a second one, and not taken: browsers can send it in no other way. */
    private static final String WITH_TOKEN = "longshore";

    private volatile HttpServerOptions current = new HttpServerOptions();

    /** HTTP/2 is for TLS: a request that turns into another connection is one more way past whoever is in front of us. */
    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        current = options.setHttp2ClearTextEnabled(false).addWebSocketSubProtocol(WITH_TOKEN);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false).addWebSocketSubProtocol(WITH_TOKEN);
    }

    /** The limits of a request's head are the same with TLS and without. */
    HttpServerOptions current() {
        return current;
    }
}
