package dev.longshore.oci.client.transport;

import dev.longshore.oci.client.http.RegistryClientOptions;
import dev.longshore.oci.client.http.Tls;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.util.concurrent.TimeUnit;

/** How the client's connections are made. The sizes are those that copying blobs was measured with. */
final class Connections {

    private static final int MOST_PER_HOST = 64;
    private static final int LARGEST_HEADERS = 32 * 1024;
    private static final int LONGEST_STATUS_LINE = 4096;
    private static final int KEEP_ALIVE_SECONDS = 15;

    private Connections() {}

    static HttpClientOptions options(RegistryClientOptions client) {
        var timeouts = client.timeouts();
        var options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setConnectTimeout((int) timeouts.connect().toMillis())
                .setIdleTimeout((int) timeouts.idle().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                // Shorter than what registries and the load balancers before them keep, or requests meet a closing one.
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setMaxHeaderSize(LARGEST_HEADERS)
                .setMaxInitialLineLength(LONGEST_STATUS_LINE)
                .setMaxChunkSize(Wire.BUFFER_SIZE)
                .setReceiveBufferSize(Wire.BUFFER_SIZE)
                .setTcpNoDelay(true)
                .setDecompressionSupported(false);
        secure(options, client.tls());
        return options;
    }

    static PoolOptions pool() {
        return new PoolOptions().setHttp1MaxSize(MOST_PER_HOST);
    }

    private static void secure(HttpClientOptions options, Tls tls) {
        if (!tls.verify()) {
            options.setTrustAll(true).setVerifyHost(false);
        } else if (tls.caBundle() != null) {
            options.setTrustOptions(TrustOptions.wrap(TrustedAuthorities.with(tls.caBundle())));
        }
        if (tls.clientCertificate() != null && tls.clientKey() != null) {
            options.setKeyCertOptions(new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(tls.clientCertificate()))
                    .addKeyValue(Buffer.buffer(tls.clientKey())));
        }
    }
}
