package dev.longshore.replication.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final Turns turns = new Turns();
    private final List<String> begun = new ArrayList<>();
    private final List<UniEmitter<? super String>> running = new ArrayList<>();

    @Test
    void runsOneAfterAnother() {
        // When
        var first = turns.take("blob", () -> work("first")).subscribeAsCompletionStage();
        var second = turns.take("blob", () -> work("second")).subscribeAsCompletionStage();
        var other = turns.take("other", () -> work("other")).subscribeAsCompletionStage();

        // Then
        assertThat(begun).containsExactly("first", "other");
        running.getFirst().complete("done");
        assertThat(first).isCompletedWithValue("done");
        assertThat(begun).containsExactly("first", "other", "second");
        assertThat(second).isNotDone();
        assertThat(other).isNotDone();
    }

    @Test
    void goesOnAfterAFailure() {
        // When
        turns.take("blob", () -> work("first")).subscribeAsCompletionStage();
        turns.take("blob", () -> work("second")).subscribeAsCompletionStage();
        running.getFirst().fail(new IllegalStateException("on purpose"));

        // Then
        assertThat(begun).containsExactly("first", "second");
    }

    @Test
    void whoIsStoppedWhileItWaitsLetsNobodyInBeforeTheTime() {
        // Given
        turns.take("blob", () -> work("first")).subscribeAsCompletionStage();
        var second = turns.take("blob", () -> work("second")).subscribe().with(_ -> {});
        turns.take("blob", () -> work("third")).subscribeAsCompletionStage();

        // When
        second.cancel();

        // Then
        assertThat(begun).containsExactly("first");
        running.getFirst().complete("done");
        assertThat(begun).containsExactly("first", "third");
    }

    @Test
    void remembersNothingOfWhatIsOver() {
        turns.take("blob", () -> work("first")).subscribeAsCompletionStage();
        running.getFirst().complete("done");
        assertThat(turns.size()).isZero();
    }

    private Uni<String> work(String name) {
        return Uni.createFrom().<String>emitter(emitter -> {
            begun.add(name);
            running.add(emitter);
        });
    }
}
