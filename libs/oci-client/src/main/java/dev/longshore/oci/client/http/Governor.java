package dev.longshore.oci.client.http;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the client polite to one registry: how many requests at once, and silence while the registry asked for it. One
 * governor may be shared by several clients of the same registry.
 */
public final class Governor {

    private static final AtomicLong CREATED = new AtomicLong();

    /** Two governors are always taken in this order, so that copies in both directions cannot wait for each other. */
    private final long order = CREATED.incrementAndGet();

    private final int concurrency;
    private final Queue<Ticket> waiting = new ArrayDeque<>();
    private int held;
    private volatile Instant quietUntil = Instant.EPOCH;

    private Governor(int concurrency) {
        if (concurrency < 1) {
            throw new IllegalArgumentException("At least one request at a time is needed");
        }
        this.concurrency = concurrency;
    }

    public static Governor ofConcurrency(int concurrency) {
        return new Governor(concurrency);
    }

    /** The right to have one request, or one blob, in flight. Whoever makes one releases it, whatever happens. */
    public final class Ticket {

        private enum State {
            NEW,
            WAITING,
            HELD,
            RELEASED
        }

        private State state = State.NEW;
        private @Nullable UniEmitter<? super Void> turn;

        /** Emits when it is this one's turn, in the order of asking. To be called once. */
        public Uni<Void> acquire() {
            return Uni.createFrom().<Void>emitter(emitter -> {
                if (enter(emitter)) {
                    emitter.complete(null);
                }
            });
        }

        /** Gives the right back, or the place in the queue. Twice does no harm. */
        public void release() {
            Ticket next = null;
            synchronized (waiting) {
                if (state == State.WAITING) {
                    waiting.remove(this);
                } else if (state == State.HELD) {
                    held--;
                    next = admitNext();
                }
                state = State.RELEASED;
            }
            if (next != null && next.turn != null) {
                next.turn.complete(null);
            }
        }

        private boolean enter(UniEmitter<? super Void> emitter) {
            synchronized (waiting) {
                if (state != State.NEW) {
                    return false;
                }
                turn = emitter;
                if (held >= concurrency) {
                    state = State.WAITING;
                    waiting.add(this);
                    return false;
                }
                held++;
                state = State.HELD;
                return true;
            }
        }
    }

    public Ticket ticket() {
        return new Ticket();
    }

    /** The registry asked to be left alone, usually by a 429. */
    public void quiet(Duration duration) {
        var until = Instant.now().plus(duration);
        if (until.isAfter(quietUntil)) {
            quietUntil = until;
        }
    }

    /** How long the registry still wants to be left alone; zero if it does not. */
    public Duration quietFor() {
        var left = Duration.between(Instant.now(), quietUntil);
        return left.isNegative() ? Duration.ZERO : left;
    }

    public long order() {
        return order;
    }

    private @Nullable Ticket admitNext() {
        var next = waiting.poll();
        if (next != null) {
            next.state = Ticket.State.HELD;
            held++;
        }
        return next;
    }
}
