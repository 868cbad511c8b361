package dev.longshore.gateway.session.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.gateway.session.domain.FairGate.Lane;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FairGateTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> entered = new CopyOnWriteArrayList<>();
    private final FairGate gate = new FairGate(1, 4, 6);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void takesTurnsBetweenLanes() throws Exception {
        occupy();
        wait("flood", false, 4);
        wait("someone", false, 1);

        letAllThrough(5);

        assertThat(entered).containsExactly("flood", "someone", "flood", "flood", "flood");
    }

    @Test
    void whoIsKnownGoesFirst() throws Exception {
        occupy();
        wait("flood", false, 3);
        wait("known", true, 1);

        letAllThrough(4);

        assertThat(entered).containsExactly("known", "flood", "flood", "flood");
    }

    @Test
    void aFullLaneRefusesItsOwnOnly() throws Exception {
        occupy();
        wait("flood", false, 4);

        assertThat(gate.enter(new Lane("flood", false), LONG)).isFalse();
        wait("other", false, 1);
        wait("third", false, 1);
        assertThat(gate.enter(new Lane("fourth", false), LONG)).isFalse();
        wait("known", true, 1);
        assertThat(gate.waiting()).isEqualTo(7);
    }

    @Test
    void patienceEnds() throws Exception {
        occupy();

        assertThat(gate.enter(new Lane("someone", false), Duration.ofMillis(5))).isFalse();
        assertThat(gate.waiting()).isZero();

        gate.leave();
        assertThat(gate.enter(new Lane("someone", false), LONG)).isTrue();
    }

    @Test
    void whoIsInterruptedTakesNoPlace() throws Exception {
        occupy();
        var waiting = wait("gone", false, 1);

        waiting.getFirst().cancel(true);

        await().untilAsserted(() -> assertThat(gate.waiting()).isZero());
        gate.leave();
        assertThat(gate.enter(new Lane("someone", false), LONG)).isTrue();
    }

    private void occupy() throws InterruptedException {
        assertThat(gate.enter(new Lane("inside", false), LONG)).isTrue();
    }

    private List<? extends Future<?>> wait(String lane, boolean isKnown, int times) {
        return IntStream.range(0, times)
                .mapToObj(_ -> {
                    var before = gate.waiting();
                    var waiting = threads.submit(() -> {
                        if (gate.enter(new Lane(lane, isKnown), LONG)) {
                            entered.add(lane);
                        }
                        return null;
                    });
                    await().untilAsserted(() -> assertThat(gate.waiting()).isEqualTo(before + 1));
                    return waiting;
                })
                .toList();
    }

    private void letAllThrough(int all) {
        for (var i = 1; i <= all; i++) {
            gate.leave();
            var expected = i;
            await().untilAsserted(() -> assertThat(entered).hasSize(expected));
        }
    }
}
