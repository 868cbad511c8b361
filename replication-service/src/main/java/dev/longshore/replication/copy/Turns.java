package dev.longshore.replication.copy;

import dev.longshore.kit.work.Home;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Runs work of the same key one after another within this process, so that two copies that share a layer or a child do
 * not send it twice: who comes second finds it there.
 */
final class Turns {

    private final Map<String, CompletableFuture<Void>> last = new ConcurrentHashMap<>();

    /** Emits on the caller's Vert.x context, whoever was waited for. */
    <T> Uni<T> take(String key, Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            var over = new CompletableFuture<Void>();
            var mine = new CompletableFuture<Void>();
            var before = last.put(key, mine);
            var free = before == null ? CompletableFuture.<Void>completedFuture(null) : before;
            // One that was stopped while it waited must not let the next in before its time.
            var _ = free.runAfterBoth(over, () -> {
                last.remove(key, mine);
                mine.complete(null);
            });
            var turn = before == null ? Uni.createFrom().voidItem() : waitFor(before);
            return turn.chain(work::get).onTermination().invoke(() -> over.complete(null));
        });
    }

    int size() {
        return last.size();
    }

    private static Uni<Void> waitFor(CompletableFuture<Void> before) {
        // A copy of the future: cancelling this one must not cancel the other's.
        return Home.back(Uni.createFrom().completionStage(() -> before.copy()));
    }
}
