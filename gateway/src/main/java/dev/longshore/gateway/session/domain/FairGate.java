package dev.longshore.gateway.session.domain;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets few in at once, by turns: whoever sends a thousand waits in a lane of their own, and the next one let in is of
 * another lane. Lanes of those who are known go before those of strangers.
 */
public final class FairGate {

    private final int permits;
    private final int mostPerLane;
    private final int most;
    private final Map<String, Deque<Ticket>> known = new LinkedHashMap<>();
    private final Map<String, Deque<Ticket>> strangers = new LinkedHashMap<>();
    private int inside;
    private int waiting;

    /** Where someone waits. */
    public record Lane(String name, boolean isKnown) {}

    private record Ticket(CountDownLatch called) {}

    public FairGate(int permits, int mostPerLane, int most) {
        this.permits = permits;
        this.mostPerLane = mostPerLane;
        this.most = most;
    }

    /** Blocks until it is one's turn; false if the lane is full, or patience ends first. After true, {@link #leave}. */
    public boolean enter(Lane lane, Duration patience) throws InterruptedException {
        var ticket = new Ticket(new CountDownLatch(1));
        if (!queue(lane, ticket)) {
            return false;
        }
        try {
            return ticket.called().await(patience.toMillis(), TimeUnit.MILLISECONDS) || !withdraw(lane, ticket);
        } catch (InterruptedException interrupted) {
            if (!withdraw(lane, ticket)) {
                leave();
            }
            throw interrupted;
        }
    }

    public synchronized void leave() {
        inside--;
        callNext();
    }

    public synchronized int waiting() {
        return waiting;
    }

    private synchronized boolean queue(Lane lane, Ticket ticket) {
        var lanes = lanes(lane);
        var queue = lanes.get(lane.name());
        if (queue != null && queue.size() >= mostPerLane || waiting >= most && !lane.isKnown()) {
            return false;
        }
        lanes.computeIfAbsent(lane.name(), _ -> new ArrayDeque<>()).addLast(ticket);
        waiting++;
        callNext();
        return true;
    }

    /** False if it was called meanwhile. */
    private synchronized boolean withdraw(Lane lane, Ticket ticket) {
        var queue = lanes(lane).get(lane.name());
        if (queue == null || !queue.remove(ticket)) {
            return false;
        }
        waiting--;
        if (queue.isEmpty()) {
            lanes(lane).remove(lane.name());
        }
        return true;
    }

    private void callNext() {
        while (inside < permits) {
            var next = first(known).or(() -> first(strangers));
            if (next.isEmpty()) {
                return;
            }
            waiting--;
            inside++;
            next.get().called().countDown();
        }
    }

    /** Of the lane whose turn it is, which then goes behind all others. */
    private static Optional<Ticket> first(Map<String, Deque<Ticket>> lanes) {
        var turn = lanes.entrySet().stream().findFirst();
        turn.ifPresent(entry -> lanes.remove(entry.getKey()));
        return turn.map(entry -> {
            var ticket = entry.getValue().removeFirst();
            if (!entry.getValue().isEmpty()) {
                lanes.put(entry.getKey(), entry.getValue());
            }
            return ticket;
        });
    }

    private Map<String, Deque<Ticket>> lanes(Lane lane) {
        return lane.isKnown() ? known : strangers;
    }
}
