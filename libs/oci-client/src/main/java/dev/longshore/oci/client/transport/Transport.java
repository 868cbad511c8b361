package dev.longshore.oci.client.transport;

import dev.longshore.oci.client.http.ChangeGuard;
import dev.longshore.oci.client.http.Governor;
import dev.longshore.oci.client.http.RegistryClientOptions;
import dev.longshore.oci.client.http.RegistryException.InvalidAnswer;
import dev.longshore.oci.client.http.RegistryException.Unavailable;
import dev.longshore.oci.client.http.RequestListener;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.streams.ReadStream;
import io.vertx.mutiny.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Takes a request through everything that stands between a caller and a registry: the governor, the change guard,
 * authentication, redirects, judgement and retries. The one place where these are.
 */
public final class Transport {

    private static final Set<HttpMethod> CHANGES =
            Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REDIRECTS = 5;

    private final RegistryClientOptions options;
    private final ChangeGuard changeGuard;
    private final Wire wire;
    private final Authenticator authenticator;
    private final Retries retries;
    private final Home home;

    private Transport(
            Home home,
            RegistryClientOptions options,
            ChangeGuard changeGuard,
            Wire wire,
            Authenticator authenticator,
            Retries retries) {
        this.home = home;
        this.options = options;
        this.changeGuard = changeGuard;
        this.wire = wire;
        this.authenticator = authenticator;
        this.retries = retries;
    }

    public static Transport create(Vertx vertx, RegistryClientOptions options) {
        var wire = new Wire(vertx, options);
        return new Transport(
                new Home(vertx),
                options,
                options.changeGuard(),
                wire,
                new Authenticator(options, new TokenService(wire, options)),
                new Retries(vertx, options.timeouts()));
    }

    public Transport guardedBy(ChangeGuard guard) {
        return new Transport(home, options, changeGuard.and(guard), wire, authenticator, retries);
    }

    public RegistryClientOptions options() {
        return options;
    }

    public void close() {
        wire.close();
    }

    /** Several requests as one: begun, answered and stopped on the caller's context. */
    public <T> Uni<T> together(Supplier<Uni<T>> requests) {
        return home.around(requests);
    }

    /** The whole answer, if it is one that the request expects. */
    public Uni<Answer> send(Request request) {
        return home.around(() ->
                retries.run(request, () -> ticketed(request, () -> judged(request, call -> wire.exchange(call)))));
    }

    /** The answer with its body still to be read. The caller holds a ticket until it has been. */
    public Uni<Answer> open(Request request) {
        return home.around(() -> retries.run(request, () -> judged(request, call -> wire.open(call))));
    }

    /** The answer to a body that streams, which can be sent only once. The caller holds a ticket. */
    public Uni<Answer> upload(Request request, ReadStream<Buffer> body) {
        return home.around(() -> authorization(request)
                .chain(authorization -> sendOnce(
                        request,
                        uri(request),
                        authorization,
                        call -> wire.upload(new Wire.Call(call.request(), call.uri(), call.headers(), null), body)))
                .map(answer -> Verdicts.judge(request, answer)));
    }

    /**
     * Waits for the registry's silence to end, and for the ticket's turn. If the work succeeds the ticket stays held, for
     * what the work opened may be open still; otherwise it is released.
     */
    public <T> Uni<T> admitted(String action, Governor.Ticket ticket, Supplier<Uni<T>> work) {
        return home.around(() -> Home.back(quiet(action).chain(ticket::acquire))
                .chain(work::get)
                .onFailure()
                .invoke(ticket::release)
                .onCancellation()
                .invoke(ticket::release));
    }

    /** Fails at once if the registry wants to be left alone for longer than a request may wait. */
    private Uni<Void> quiet(String action) {
        var left = options.governor().quietFor();
        if (left.isZero()) {
            return Uni.createFrom().voidItem();
        }
        if (left.compareTo(options.timeouts().longestWait()) > 0) {
            return Uni.createFrom()
                    .failure(new Unavailable(action, "the registry asked not to be asked", 429, left, null));
        }
        return retries.pause(left);
    }

    /** Against the registry's base; what the registry gave absolute stays so. */
    private URI uri(Request request) {
        var base = options.baseUri();
        if (!request.path().startsWith("/")) {
            return URI.create(request.path());
        }
        var prefix = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/+$", "");
        return URI.create(base.getScheme() + "://" + base.getRawAuthority() + prefix + request.path());
    }

    private <T> Uni<T> ticketed(Request request, Supplier<Uni<T>> work) {
        if (request.ticketed()) {
            return work.get();
        }
        var ticket = options.governor().ticket();
        return admitted(request.action(), ticket, work).onItem().invoke(ticket::release);
    }

    private Uni<Answer> judged(Request request, Sender sender) {
        return authorization(request)
                .chain(authorization -> sendAuthorized(request, authorization, sender))
                .chain(answer -> followed(request, answer, sender, 0))
                .map(answer -> Verdicts.judge(request, answer));
    }

    private Uni<Optional<String>> authorization(Request request) {
        return Home.back(authenticator.authorization(request.scopes()));
    }

    private Uni<Answer> sendAuthorized(Request request, Optional<String> authorization, Sender sender) {
        var uri = uri(request);
        return sendOnce(request, uri, authorization, sender).chain(answer -> {
            if (answer.status() != 401 || !isHome(uri)) {
                return Uni.createFrom().item(answer);
            }
            return Home.back(authenticator.renewed(request.scopes(), answer, authorization))
                    .chain(better ->
                            better.isEmpty() ? Uni.createFrom().item(answer) : sendOnce(request, uri, better, sender));
        });
    }

    private Uni<Answer> followed(Request request, Answer answer, Sender sender, int hops) {
        if (!request.isSafe() || !REDIRECTS.contains(answer.status())) {
            return Uni.createFrom().item(answer);
        }
        answer.discard();
        var target = answer.location()
                .orElseThrow(() -> new InvalidAnswer(request.action(), "the registry redirects to nowhere"));
        if (hops >= MOST_REDIRECTS) {
            throw new InvalidAnswer(request.action(), "the registry redirects without end");
        }
        if (Origins.isTls(answer.uri()) && !Origins.isTls(target)) {
            throw new InvalidAnswer(request.action(), "the registry redirects from https to http");
        }
        var authorization =
                isHome(target) ? authorization(request) : Uni.createFrom().item(Optional.<String>empty());
        return authorization
                .chain(header -> sendOnce(request, target, header, sender))
                .chain(next -> followed(request, next, sender, hops + 1));
    }

    /** The only way out. */
    private Uni<Answer> sendOnce(Request request, URI uri, Optional<String> authorization, Sender sender) {
        var call = new Wire.Call(
                request,
                uri,
                headers(request, uri, authorization),
                options.timeouts().request());
        return permitted(request).chain(() -> {
            var begun = System.nanoTime();
            return Home.back(sender.send(call))
                    .onFailure()
                    .transform(failure -> Verdicts.failure(request.action(), failure))
                    .invoke(this::heed)
                    .onItemOrFailure()
                    .invoke((answer, _) -> tell(request, uri, answer == null ? 0 : answer.status(), begun));
        });
    }

    private Uni<Void> permitted(Request request) {
        return CHANGES.contains(request.method())
                ? Home.back(changeGuard.check())
                : Uni.createFrom().voidItem();
    }

    private Map<String, String> headers(Request request, URI uri, Optional<String> authorization) {
        var headers = new LinkedHashMap<>(request.headers());
        headers.put("User-Agent", options.userAgent());
        authorization.filter(_ -> isHome(uri)).ifPresent(value -> headers.put("Authorization", value));
        return headers;
    }

    private boolean isHome(URI uri) {
        return Origins.same(uri, options.baseUri());
    }

    private void heed(Answer answer) {
        if (answer.status() == 429) {
            options.governor().quiet(Verdicts.retryAfter(answer));
        }
    }

    private void tell(Request request, URI uri, int status, long begun) {
        var took = Duration.ofNanos(System.nanoTime() - begun);
        var completed = new RequestListener.Completed(request.method().name(), uri, status, took);
        options.listeners().forEach(listener -> listener.completed(completed));
    }

    @FunctionalInterface
    private interface Sender {
        Uni<Answer> send(Wire.Call call);
    }
}
