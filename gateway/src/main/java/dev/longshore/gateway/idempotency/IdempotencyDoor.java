package dev.longshore.gateway.idempotency;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.access.CurrentAccess;
import dev.longshore.gateway.access.domain.Permission;
import dev.longshore.gateway.door.BodySizes;
import dev.longshore.gateway.door.ProblemAnswers;
import dev.longshore.gateway.door.WholeBodies;
import dev.longshore.gateway.idempotency.domain.IdempotencyKey;
import dev.longshore.gateway.idempotency.domain.Remembered;
import dev.longshore.gateway.idempotency.domain.Remembered.Answered;
import dev.longshore.gateway.idempotency.postgres.IdempotencyKeys;
import dev.longshore.gateway.proxy.domain.RoutingTable;
import dev.longshore.kit.work.Background;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RequestBody;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Looks at {@code Idempotency-Key} on everything that makes something: the first request under a key is done, and those
 * after it are given its answer.
 */
@ApplicationScoped
class IdempotencyDoor {

    static final String HEADER = "Idempotency-Key";
    private static final String REPLAYED = "Idempotency-Replayed";
    /** After the permission is checked (400), before the proxy (500). */
    private static final int BEFORE_THE_PROXY = 450;

    private final IdempotencyKeys keys;
    private final ProblemAnswers problems;
    private final BodySizes sizes;
    private final WholeBodies bodies;
    private final Background background;

    IdempotencyDoor(
            IdempotencyKeys keys, ProblemAnswers problems, BodySizes sizes, WholeBodies bodies, Background background) {
        this.keys = keys;
        this.problems = problems;
        this.sizes = sizes;
        this.bodies = bodies;
        this.background = background;
    }

    void install(@Observes Router router) {
        router.post("/api/v1/*").order(BEFORE_THE_PROXY).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        var given = context.request().headers().getAll(HEADER);
        var path = String.valueOf(context.request().path());
        if (given.isEmpty() || !isSomeones(context)) {
            context.next();
            return;
        }
        var key = given.size() == 1 ? IdempotencyKey.parse(given.getFirst()) : Optional.<IdempotencyKey>empty();
        key.ifPresentOrElse(
                valid -> handle(context, RoutingTable.owner(path).isEmpty(), valid),
                () -> problems.answerAndClose(
                        context,
                        ErrorCode.INVALID_REQUEST,
                        HEADER + " is 1 to 255 printable characters without spaces, and sent once"));
    }

    /** What the gateway makes itself is asked for in few bytes: they are read first. */
    private void handle(RoutingContext context, boolean isOurs, IdempotencyKey key) {
        if (isOurs) {
            bodies.read(context, _ -> begin(context, identity(context), key));
        } else {
            begin(context, identity(context), key);
        }
    }

    private void begin(RoutingContext context, String identity, IdempotencyKey key) {
        var request = context.request();
        var operation = operation(request);
        var home = context.vertx().getOrCreateContext();
        background.run(
                () -> keys.begin(identity, key, operation)
                        .invoke(known -> home.runOnContext(_ ->
                                known.ifPresentOrElse(remembered -> again(context, operation, remembered), () -> {
                                    begin(context, new Recording(keys, background, identity, key));
                                })))
                        .replaceWithVoid(),
                () -> {},
                failure -> home.runOnContext(_ -> problems.answerAndClose(
                        context, ErrorCode.UNAVAILABLE, "The gateway's store cannot be reached; nothing was changed")));
    }

    private static void begin(RoutingContext context, Recording recording) {
        recording.on(context);
        body(context).ifPresent(recording::passed);
        context.next();
    }

    private void again(RoutingContext context, String operation, Remembered remembered) {
        if (!remembered.operation().equals(operation)) {
            reused(context);
        } else if (remembered.answered().isEmpty()) {
            problems.answerAndClose(
                    context,
                    ErrorCode.CONFLICT,
                    "A request with this key is being done, or its outcome is not known: look for what it makes");
        } else {
            compare(context, remembered.answered().get());
        }
    }

    private void compare(RoutingContext context, Answered answered) {
        body(context)
                .ifPresentOrElse(
                        body -> compare(context, answered, Fingerprints.begin().digest(body.getBytes())),
                        () -> readAndCompare(context, answered));
    }

    private void compare(RoutingContext context, Answered answered, byte[] digest) {
        if (HexFormat.of().formatHex(digest).equals(answered.fingerprint())) {
            replay(context, answered);
        } else {
            reused(context);
        }
    }

    /** Reads the whole body: only then is known whether it is the same. */
    private void readAndCompare(RoutingContext context, Answered answered) {
        var request = context.request();
        var digest = Fingerprints.begin();
        var limit = sizes.largest(request);
        var read = new long[1];
        request.handler(chunk -> {
            read[0] += chunk.length();
            digest.update(chunk.getBytes());
            if (read[0] > limit) {
                request.handler(null);
                problems.answerAndClose(
                        context, ErrorCode.TOO_LARGE, "The body is larger than %d bytes".formatted(limit));
            }
        });
        request.endHandler(_ -> compare(context, answered, digest.digest()));
        request.resume();
    }

    private static void replay(RoutingContext context, Answered answered) {
        var response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(answered.status()).putHeader(REPLAYED, "true");
        answered.headers().forEach(response::putHeader);
        response.end(Buffer.buffer(answered.body())).onFailure(_ -> response.reset());
    }

    private void reused(RoutingContext context) {
        problems.answerAndClose(
                context, ErrorCode.IDEMPOTENCY_KEY_REUSED, "This key was sent with another request: make a new one");
    }

    /** Empty for what goes to a service: that is hashed as it passes. */
    private static Optional<Buffer> body(RoutingContext context) {
        return Optional.ofNullable(context.body()).map(RequestBody::buffer);
    }

    /** Signing in takes no key: it is nobody's yet. */
    private static boolean isSomeones(RoutingContext context) {
        return CurrentAccess.identity(context).isPresent()
                && CurrentAccess.of(context)
                        .filter(access -> access.operation().permission() != Permission.PUBLIC)
                        .isPresent();
    }

    private static String operation(HttpServerRequest request) {
        var query = request.query();
        return HttpMethod.POST + " " + request.path() + (query == null ? "" : "?" + query);
    }

    /** Keys of one are nothing to another. A session's end does not make them another's. */
    private static String identity(RoutingContext context) {
        return CurrentAccess.identity(context)
                .map(identity -> identity.kind() + ":" + identity.name())
                .orElseThrow(() -> new IllegalStateException("Nobody comes here without being known"));
    }
}
