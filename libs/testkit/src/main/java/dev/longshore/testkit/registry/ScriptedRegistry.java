package dev.longshore.testkit.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A registry in memory that speaks the distribution protocol, and misbehaves where a test says so. It remembers every
 * request. The contract test of the client runs on it as on real registries.
 */
public final class ScriptedRegistry implements AutoCloseable {

    /** Far beyond any test: a wish to misbehave always. */
    public static final int ALWAYS = Integer.MAX_VALUE;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Recorded> requests = new CopyOnWriteArrayList<>();
    private final Script script = new Script();
    private final RegistryContent content = new RegistryContent();
    private final ScriptedRoutes routes = new ScriptedRoutes(content);
    private volatile @Nullable ScriptedAccess access;

    private ScriptedRegistry(HttpServer server) {
        this.server = server;
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** On a free loopback port, open to everyone, with the referrers API. */
    public static ScriptedRegistry start() {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            return new ScriptedRegistry(HttpServer.create(address, 0));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start the scripted registry", e);
        }
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** As tags were before distribution-spec 1.1: no referrers API, no {@code OCI-Subject}. */
    public ScriptedRegistry withoutReferrers() {
        routes.forgetReferrers();
        return this;
    }

    public ScriptedRegistry withBasicAuthentication(String username, String password) {
        access = ScriptedAccess.basic(username, password);
        return this;
    }

    /** By tokens from {@code /token} on this server, for the user, each for one repository and so long. */
    public ScriptedRegistry withTokens(String username, String password, Duration life) {
        access = ScriptedAccess.tokens(uri().resolve("/token"), username, password, life);
        return this;
    }

    /** How many names a page of a listing has. */
    public ScriptedRegistry withPageSize(int names) {
        routes.pageSize(names);
        return this;
    }

    /** Answers the next requests of that method, and a path that matches the regular expression, with this, and does nothing. */
    public ScriptedRegistry answer(String method, String path, int times, Reply reply) {
        script.add(method, path, times, _ -> reply);
        return this;
    }

    /** Does what is asked, and answers with what would have been answered, changed. */
    public ScriptedRegistry distort(String method, String path, int times, UnaryOperator<Reply> change) {
        script.add(method, path, times, proper -> change.apply(proper.get()));
        return this;
    }

    /** From now on it behaves. */
    public ScriptedRegistry behave() {
        script.clear();
        return this;
    }

    /** Puts an image there without any request. */
    public void hold(String repository, String tag, TestImage image) {
        image.allBlobs().forEach(blob -> content.putBlob(repository, blob.digest(), blob.bytes()));
        image.allManifests().forEach(manifest -> content.putManifest(repository, manifest.digest(), manifest));
        content.putManifest(repository, tag, image.manifest());
    }

    /** Every request so far, in the order of arrival. */
    public List<Recorded> requests() {
        return List.copyOf(requests);
    }

    public List<Recorded> requests(String method, String path) {
        return requests.stream()
                .filter(request ->
                        request.method().equals(method) && request.path().matches(path))
                .toList();
    }

    public void forgetRequests() {
        requests.clear();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var request = recorded(exchange, body);
            requests.add(request);
            send(exchange, request, reply(request, body));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Reply reply(Recorded request, byte[] body) {
        var ordered = script.next(request);
        return ordered.isEmpty() ? proper(request, body) : ordered.get().apply(() -> proper(request, body));
    }

    private Reply proper(Recorded request, byte[] body) {
        var guard = access;
        if (guard != null) {
            if (request.path().equals("/token")) {
                return guard.token(request);
            }
            var refusal = guard.refusal(request);
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        return routes.route(request, body);
    }

    private static void send(HttpExchange exchange, Recorded request, Reply reply)
            throws IOException, InterruptedException {
        if (!reply.delay().isZero()) {
            TimeUnit.MILLISECONDS.sleep(reply.delay().toMillis());
        }
        if (reply.isDropped()) {
            return;
        }
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        var hasBody = reply.body().length > 0 && !request.method().equals("HEAD");
        if (request.method().equals("HEAD") && !reply.headers().containsKey("Content-Length")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(reply.body().length));
        }
        exchange.sendResponseHeaders(reply.status(), hasBody ? reply.body().length : -1);
        if (hasBody) {
            exchange.getResponseBody().write(reply.body(), 0, reply.isCut() ? reply.cutAfter() : reply.body().length);
            exchange.getResponseBody().flush();
        }
    }

    private static Recorded recorded(HttpExchange exchange, byte[] body) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), new ArrayList<>(values)));
        var query = exchange.getRequestURI().getRawQuery();
        return new Recorded(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query == null ? "" : query,
                headers,
                body.length);
    }
}
