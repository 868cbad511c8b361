package dev.longshore.gateway.identity.jwt;

import dev.longshore.oci.client.address.AddressGuard;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Asks issuers, whose addresses people configure and issuers answer: to guarded addresses, by TLS, for small answers within
 * seconds. Redirects are not followed.
 */
@ApplicationScoped
public class GuardedHttp {

    private static final int LARGEST = 256 * 1024;
    private static final int CONNECT_MILLIS = 3000;
    private static final int MOST_PER_HOST = 4;
    private static final int LONGEST_QUEUE = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private final Vertx vertx;
    private final HttpClient http;
    private final AddressGuard anywherePublic = AddressGuard.of(false);
    private final AddressGuard anywhere = AddressGuard.of(true);

    /** @param body empty for a GET */
    public record Question(URI uri, Map<String, String> headers, String body, boolean mayBePrivate) {

        public static Question get(URI uri, boolean mayBePrivate) {
            return new Question(uri, Map.of("Accept", "application/json"), "", mayBePrivate);
        }
    }

    public record Answer(int status, Buffer body) {}

    GuardedHttp(Vertx vertx) {
        this.vertx = vertx;
        this.http = vertx.getDelegate()
                .createHttpClient(
                        new HttpClientOptions()
                                .setConnectTimeout(CONNECT_MILLIS)
                                .setIdleTimeout((int) PATIENCE.toSeconds())
                                .setDecompressionSupported(false),
                        new PoolOptions().setHttp1MaxSize(MOST_PER_HOST).setMaxWaitQueueSize(LONGEST_QUEUE));
    }

    /** Fails if the address is forbidden, or nobody answers as they should. */
    public Uni<Answer> ask(Question question) {
        var guard = question.mayBePrivate() ? anywhere : anywherePublic;
        return guard.resolve(vertx, String.valueOf(question.uri().getHost()))
                .invoke(addresses -> requireTls(question, addresses))
                .chain(addresses -> Uni.createFrom()
                        .completionStage(
                                () -> send(question, addresses.getFirst()).toCompletionStage()))
                .ifNoItem()
                .after(PATIENCE)
                .fail();
    }

    private static void requireTls(Question question, List<InetAddress> addresses) {
        var isHere = question.mayBePrivate() && addresses.stream().allMatch(InetAddress::isLoopbackAddress);
        if (!isTls(question.uri()) && !isHere) {
            throw new IllegalArgumentException(
                    "Only https is asked: " + question.uri().getHost());
        }
    }

    private Future<Answer> send(Question question, InetAddress address) {
        var uri = question.uri();
        var port = uri.getPort() >= 0 ? uri.getPort() : isTls(uri) ? HTTPS : HTTP;
        var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        var options = new RequestOptions()
                .setMethod(question.body().isEmpty() ? HttpMethod.GET : HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                .setHost(uri.getHost())
                .setPort(port)
                .setSsl(isTls(uri))
                .setTimeout(PATIENCE.toMillis())
                .setURI((uri.getRawPath().isEmpty() ? "/" : uri.getRawPath()) + query);
        question.headers().forEach(options::putHeader);
        return http.request(options)
                .compose(request -> request.send(Buffer.buffer(question.body()))
                        .compose(response -> read(response).map(body -> new Answer(response.statusCode(), body))));
    }

    /** Beyond the limit the connection is given up rather than memory. */
    private static Future<Buffer> read(HttpClientResponse response) {
        var body = Buffer.buffer();
        var whole = Promise.<Buffer>promise();
        response.handler(part -> {
            if (body.length() + part.length() > LARGEST) {
                whole.tryFail(new IllegalStateException("The answer is larger than %d bytes".formatted(LARGEST)));
                response.request().connection().close();
            } else {
                body.appendBuffer(part);
            }
        });
        response.exceptionHandler(whole::tryFail);
        response.endHandler(_ -> whole.tryComplete(body));
        return whole.future();
    }

    private static boolean isTls(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme());
    }
}
