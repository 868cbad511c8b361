package dev.longshore.gateway.idempotency;

import dev.longshore.gateway.idempotency.domain.IdempotencyKey;
import dev.longshore.gateway.idempotency.domain.Remembered.Answered;
import dev.longshore.gateway.idempotency.postgres.IdempotencyKeys;
import dev.longshore.kit.work.Background;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** One request under a key: its body is hashed as it passes, and its answer kept before it is given. */
public final class Recording {

    private static final Logger LOG = Logger.getLogger(Recording.class);
    private static final String KEY = "longshore.recording";
    private static final List<String> KEPT = List.of("Content-Type", "Location", "ETag");
    private static final int SERVER_ERROR = 500;

    private final IdempotencyKeys keys;
    private final Background background;
    private final String identity;
    private final IdempotencyKey key;
    private final MessageDigest digest = Fingerprints.begin();

    Recording(IdempotencyKeys keys, Background background, String identity, IdempotencyKey key) {
        this.keys = keys;
        this.background = background;
        this.identity = identity;
        this.key = key;
    }

    void on(RoutingContext context) {
        context.put(KEY, this);
    }

    /** Of this request, if it came with a key. */
    public static Optional<Recording> of(RoutingContext context) {
        return Optional.ofNullable(context.get(KEY));
    }

    /** To be told of every part of the request's body. */
    public void passed(Buffer chunk) {
        digest.update(chunk.getBytes());
    }

    /** Completes, whatever becomes of it: what was done cannot be taken back. */
    public Future<Void> answered(int status, MultiMap headers, Buffer body) {
        if (status >= SERVER_ERROR) {
            return notDone();
        }
        var kept = new HashMap<String, String>();
        KEPT.stream().filter(headers::contains).forEach(name -> kept.put(name, headers.get(name)));
        var answer = new Answered(HexFormat.of().formatHex(digest.digest()), status, kept, body.getBytes());
        return run(() -> keys.answered(identity, key, answer));
    }

    /** Nothing was changed: the key is free again. */
    public Future<Void> notDone() {
        return run(() -> keys.forget(identity, key));
    }

    private Future<Void> run(Supplier<Uni<Void>> work) {
        var home = Objects.requireNonNull(Vertx.currentContext());
        var done = Promise.<Void>promise();
        background.run(work, () -> home.runOnContext(_ -> done.complete()), failure -> {
            LOG.warnf("The answer to a request with a key could not be kept: %s", failure);
            home.runOnContext(_ -> done.complete());
        });
        return done.future();
    }
}
