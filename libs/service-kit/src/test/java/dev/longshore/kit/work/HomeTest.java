package dev.longshore.kit.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HomeTest {

    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<String> arrival = new CompletableFuture<>();
    private final Uni<String> shared =
            Uni.createFrom().completionStage(arrival).memoize().indefinitely();

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void everyOneWhoWaitsForTheSameGoesOnWhereItWas() throws Exception {
        // Given
        var first = context();
        var second = context();
        var firstGoesOn = goesOn(first, Home.back(shared));
        var secondGoesOn = goesOn(second, Home.back(shared));

        // When
        first.runOnContext(_ -> arrival.complete("arrived"));

        // Then
        assertThat(firstGoesOn.get(5, TimeUnit.SECONDS)).isSameAs(first);
        assertThat(secondGoesOn.get(5, TimeUnit.SECONDS)).isSameAs(second);
    }

    @Test
    void whoWaitsOnNoContextGoesOnAtOnce() {
        arrival.complete("arrived");

        assertThat(Home.back(shared).map(_ -> Thread.currentThread()).await().indefinitely())
                .isSameAs(Thread.currentThread());
    }

    private Context context() {
        return ((VertxInternal) vertx).createEventLoopContext().duplicate();
    }

    /** Where the work goes on, once it waits. */
    private static CompletableFuture<Context> goesOn(Context context, Uni<String> work) throws Exception {
        var where = new CompletableFuture<Context>();
        var waits = new CompletableFuture<Void>();
        context.runOnContext(_ -> {
            work.map(_ -> Vertx.currentContext()).subscribe().with(where::complete, where::completeExceptionally);
            waits.complete(null);
        });
        waits.get(5, TimeUnit.SECONDS);
        return where;
    }
}
