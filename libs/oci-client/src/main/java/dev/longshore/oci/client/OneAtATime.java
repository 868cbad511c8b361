package dev.longshore.oci.client;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Runs work of the same key one after another, within this process. */
final class OneAtATime {

    private final Map<String, Uni<Void>> last = new ConcurrentHashMap<>();

    Uni<Void> run(String key, Supplier<Uni<Void>> work) {
        return Uni.createFrom().deferred(() -> {
            var mine = last.compute(key, (_, before) -> {
                var turn = before == null
                        ? Uni.createFrom().voidItem()
                        : before.onFailure().recoverWithNull();
                return turn.chain(work::get).memoize().indefinitely();
            });
            return mine.eventually(() -> last.remove(key, mine));
        });
    }
}
