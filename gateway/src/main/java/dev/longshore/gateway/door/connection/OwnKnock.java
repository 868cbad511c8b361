package dev.longshore.gateway.door.connection;

import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetClientOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import org.jboss.logging.Logger;

/** The first request at each door is the gateway's own: with it the watch over connections begins. */
@ApplicationScoped
class OwnKnock {

    private static final Logger LOG = Logger.getLogger(OwnKnock.class);
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private final Vertx vertx;

    OwnKnock(Vertx vertx) {
        this.vertx = vertx;
    }

    void open(@ObservesAsync HttpServerStart start) {
        knock(start.options(), new NetClientOptions());
    }

    /** Nothing is told or asked that would take knowing whose door it is. */
    void openTls(@ObservesAsync HttpsServerStart start) {
        knock(
                start.options(),
                new NetClientOptions().setSsl(true).setTrustAll(true).setHostnameVerificationAlgorithm(""));
    }

    private void knock(HttpServerOptions options, NetClientOptions client) {
        var host = "0.0.0.0".equals(options.getHost()) ? "127.0.0.1" : options.getHost();
        if (options.getPort() <= 0) {
            return;
        }
        var knocker = vertx.createNetClient(client);
        knocker.connect(options.getPort(), host)
                .onSuccess(socket -> socket.closeHandler(_ -> knocker.close()).write(REQUEST))
                .onFailure(failure -> LOG.debugf("Nobody opened at %s: %s", host, failure));
    }
}
