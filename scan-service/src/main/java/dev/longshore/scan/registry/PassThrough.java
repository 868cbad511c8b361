package dev.longshore.scan.registry;

import dev.longshore.kit.work.Background;
import dev.longshore.kit.work.Home;
import dev.longshore.oci.client.FetchedManifest;
import dev.longshore.oci.client.RegistryClient;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A read-only {@code /v2} on loopback through which the scanner reads one repository of one registry: so our governor,
 * address guard, certificates and token renewal hold for scans, and the scanner sees no credentials but a token that
 * dies with the task.
 */
@ApplicationScoped
public class PassThrough {

    private static final String HOST = "127.0.0.1";
    private static final int TOKEN_BYTES = 32;
    private static final String PING = "/v2/";

    private final Vertx vertx;
    private final Background background;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private @Nullable Uni<HttpServer> server;

    PassThrough(Vertx vertx, Background background) {
        this.vertx = vertx;
        this.background = background;
    }

    /** Lets one task read this repository until the session is closed. */
    public Uni<Session> open(RegistryClient client, String repository, FetchedManifest manifest) {
        return server().map(listening -> {
            var session = new Session(
                    "scan-" + token().substring(0, 16),
                    token(),
                    HOST + ":" + listening.actualPort(),
                    client,
                    repository,
                    manifest,
                    closed -> sessions.remove(closed.username()));
            sessions.put(session.username(), session);
            return session;
        });
    }

    void stop(@Observes ShutdownEvent event) {
        sessions.clear();
        var listening = server;
        if (listening != null) {
            background.start("stop the pass-through", () -> listening.chain(up -> UniHelper.toUni(up.close())));
        }
    }

    /** Started with the first scan, on a free port. */
    private synchronized Uni<HttpServer> server() {
        var known = server;
        if (known == null) {
            known = Uni.createFrom()
                    .deferred(this::listen)
                    .onFailure()
                    .invoke(this::forget)
                    .memoize()
                    .indefinitely();
            server = known;
        }
        return Home.back(known);
    }

    private Uni<HttpServer> listen() {
        // HTTP/1.1 alone: there is nothing to gain, and a client that asks for an upgrade can lose an answer over it.
        var options = new HttpServerOptions()
                .setHost(HOST)
                .setPort(0)
                .setIdleTimeout(120)
                .setHttp2ClearTextEnabled(false);
        return UniHelper.toUni(
                vertx.createHttpServer(options).requestHandler(this::handle).listen());
    }

    private synchronized void forget() {
        server = null;
    }

    private void handle(HttpServerRequest request) {
        var exchange = new Exchange(request);
        var session = authenticated(request);
        if (session.isEmpty()) {
            exchange.unauthorized();
        } else if (exchange.path().equals(PING) || exchange.path().equals("/v2")) {
            exchange.pong();
        } else {
            background.start(
                    "pass an answer of the registry through",
                    () -> session.get().answer(exchange));
        }
    }

    private Optional<Session> authenticated(HttpServerRequest request) {
        var header = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        var login = decoded(header.substring(6).strip());
        var colon = login.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        return Optional.ofNullable(sessions.get(login.substring(0, colon)))
                .filter(session -> isSame(session.password(), login.substring(colon + 1)));
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    /** In a time that does not tell how much of it is right. */
    private static boolean isSame(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private String token() {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
