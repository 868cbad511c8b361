package dev.longshore.oci.client.transport;

import dev.longshore.oci.client.address.AddressGuard;
import dev.longshore.oci.client.http.RegistryClientOptions;
import dev.longshore.oci.client.http.RegistryException.TooLarge;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.streams.ReadStream;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.impl.ClientPhase;
import io.vertx.ext.web.client.impl.HttpContext;
import io.vertx.ext.web.client.impl.WebClientInternal;
import io.vertx.mutiny.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Puts requests on the network: resolved and guarded addresses, time-outs, bounded answers, and a connection that is cut
 * when its Uni is cancelled. Knows nothing of registries.
 */
final class Wire {

    static final int BUFFER_SIZE = 256 * 1024;
    private static final int LARGEST_ERROR = 64 * 1024;

    private final Vertx vertx;
    private final HttpClient http;
    private final WebClient web;
    private final AddressGuard guard;
    private final Map<HttpRequest<?>, InFlight> inFlight = new ConcurrentHashMap<>();
    private final AtomicInteger turns = new AtomicInteger();

    /** @param timeout for the whole exchange; null if only standing still ends it */
    record Call(
            Request request,
            URI uri,
            Map<String, String> headers,
            @Nullable Duration timeout) {}

    Wire(Vertx vertx, RegistryClientOptions options) {
        this.vertx = vertx;
        this.guard = options.addressGuard();
        this.http = vertx.getDelegate().createHttpClient(Connections.options(options), Connections.pool());
        this.web = WebClient.wrap(http);
        // The WebClient gives no way to cut a request that was sent, but its interceptors see the connection.
        ((WebClientInternal) web).addInterceptor(this::intercept);
    }

    /** The whole answer, with the request's own body. */
    Uni<Answer> exchange(Call call) {
        return within(call.timeout(), resolved(call).chain(server -> send(call, server, null)));
    }

    /** The whole answer to a body that streams. */
    Uni<Answer> upload(Call call, ReadStream<Buffer> body) {
        return resolved(call).chain(server -> send(call, server, body));
    }

    /** The answer's head with its body still to be read if it is good, the whole answer if not. */
    Uni<Answer> open(Call call) {
        return within(call.timeout(), resolved(call).chain(server -> openStream(call, server)));
    }

    void close() {
        http.close();
    }

    private static Uni<Answer> within(@Nullable Duration timeout, Uni<Answer> answer) {
        return timeout == null ? answer : answer.ifNoItem().after(timeout).fail();
    }

    private Uni<SocketAddress> resolved(Call call) {
        return guard.resolve(vertx, call.uri().getHost()).map(addresses -> {
            // Later attempts try the host's other addresses.
            var address = addresses.get(Math.floorMod(turn(addresses), addresses.size()));
            return SocketAddress.inetSocketAddress(Origins.port(call.uri()), address.getHostAddress());
        });
    }

    private int turn(List<?> addresses) {
        return addresses.size() == 1 ? 0 : turns.get();
    }

    private Uni<Answer> send(Call call, SocketAddress server, @Nullable ReadStream<Buffer> body) {
        return Uni.createFrom().emitter(emitter -> {
            var flight = new InFlight();
            emitter.onTermination(flight::cut);
            var request = webRequest(call, server, flight);
            inFlight.put(request, flight);
            sendBody(request, call, body).onComplete(result -> {
                inFlight.remove(request);
                if (result.succeeded()) {
                    flight.finished();
                    complete(emitter, call, result.result());
                } else {
                    fail(emitter, call, flight, result.cause());
                }
            });
        });
    }

    private static Future<HttpResponse<Buffer>> sendBody(
            HttpRequest<Buffer> request, Call call, @Nullable ReadStream<Buffer> stream) {
        if (stream != null) {
            return request.sendStream(stream);
        }
        var body = call.request().body();
        return body == null ? request.send() : request.sendBuffer(body);
    }

    private HttpRequest<Buffer> webRequest(Call call, SocketAddress server, InFlight flight) {
        var uri = call.uri();
        var request = web.request(
                        call.request().method(), server, Origins.port(uri), uri.getHost(), Origins.target(uri))
                .ssl(Origins.isTls(uri))
                .followRedirects(false)
                .as(new BoundedBody(call.request().limit(), flight::exceedLimit));
        call.headers().forEach(request::putHeader);
        return request;
    }

    private void intercept(HttpContext<?> context) {
        if (context.phase() == ClientPhase.SEND_REQUEST) {
            context.clientRequest().setWriteQueueMaxSize(BUFFER_SIZE);
            var flight = inFlight.get(context.request());
            if (flight != null && !flight.began(context.clientRequest())) {
                context.fail(new CancellationException("Nobody waits for the answer any more"));
                return;
            }
        }
        context.next();
    }

    private Uni<Answer> openStream(Call call, SocketAddress server) {
        return Uni.createFrom().emitter(emitter -> {
            var flight = new InFlight();
            emitter.onTermination(flight::cut);
            http.request(streamOptions(call, server))
                    .compose(request -> flight.began(request)
                            // Within this step, which runs where the response will arrive: a listener that is added
                            // outside may come too late to pause it, and its first bytes are lost.
                            ? request.send().compose(response -> received(call, response, flight))
                            : Future.failedFuture(new CancellationException()))
                    .onComplete(result -> {
                        if (result.succeeded()) {
                            flight.finished();
                            emitter.complete(result.result());
                        } else {
                            fail(emitter, call, flight, result.cause());
                        }
                    });
        });
    }

    private static Future<Answer> received(Call call, HttpClientResponse response, InFlight flight) {
        var status = response.statusCode();
        if (status >= 200 && status < 300 && status != 204) {
            var body = new ResponseBody(response);
            return Future.succeededFuture(new Answer(call.uri(), status, response.headers(), Buffer.buffer(), body));
        }
        var body = new BoundedBody(LARGEST_ERROR, flight::exceedLimit);
        return response.pipeTo(body)
                .compose(_ -> body.result())
                .map(read -> new Answer(call.uri(), status, response.headers(), read, null));
    }

    private static RequestOptions streamOptions(Call call, SocketAddress server) {
        var uri = call.uri();
        var options = new RequestOptions()
                .setMethod(call.request().method())
                .setServer(server)
                .setHost(uri.getHost())
                .setPort(Origins.port(uri))
                .setSsl(Origins.isTls(uri))
                .setFollowRedirects(false)
                .setURI(Origins.target(uri));
        call.headers().forEach(options::putHeader);
        return options;
    }

    private static void complete(UniEmitter<? super Answer> emitter, Call call, HttpResponse<Buffer> response) {
        var body = response.body() == null ? Buffer.buffer() : response.body();
        emitter.complete(new Answer(call.uri(), response.statusCode(), response.headers(), body, null));
    }

    private void fail(UniEmitter<? super Answer> emitter, Call call, InFlight flight, Throwable cause) {
        turns.incrementAndGet();
        flight.finished();
        emitter.fail(
                flight.isTooLarge()
                        ? new TooLarge(
                                call.request().action(),
                                "the answer has more than %d bytes"
                                        .formatted(call.request().limit()))
                        : cause);
    }
}
