package dev.longshore.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.kit.work.Background;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infra.class)
class TasksTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Inject
    Mutiny.SessionFactory sessions;

    @Inject
    Tasks tasks;

    @Inject
    Executions executions;

    @Inject
    RecordedWork recorded;

    @Inject
    Background background;

    @Test
    void doesTheTasksOfALaneOneAtATimeAndInOrder() {
        // When
        inTransaction(session -> Uni.join()
                .all(IntStream.range(0, 12)
                        .mapToObj(number -> tasks.enqueue(
                                session,
                                NewTask.of("test", "default", "lane-%02d".formatted(number))
                                        .withLane("a lane")))
                        .toList())
                .usingConcurrencyOf(1)
                .andFailFast()
                .replaceWithVoid());

        // Then
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(recorded.done)
                        .filteredOn(name -> name.startsWith("lane-"))
                        .containsExactlyElementsOf(IntStream.range(0, 12)
                                .mapToObj("lane-%02d"::formatted)
                                .toList()));
    }

    @Test
    void whatADeadWorkerLeftKeepsItsPlaceInTheLaneThoughItWasAskedForAgain() {
        // When
        inTransaction(session -> session.createNativeQuery("""
                        insert into task (project, kind, natural_key, lane, payload, state, max_attempts, lease_until)
                        values ('default', 'test', 'one', 'left', '"left one"', 'running', 3, now() - interval '1 s'),
                               ('default', 'test', 'two', 'left', '"left two"', 'pending', 3, null),
                               ('default', 'test', 'one', 'left', '"left one"', 'pending', 3, null)""").executeUpdate().replaceWithVoid());

        // Then
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(recorded.done)
                        .filteredOn(name -> name.startsWith("left"))
                        .containsExactly("left one", "left two"));
        List<String> states = committed(session -> session.createNativeQuery(
                        "select state from task where lane = 'left' order by id", String.class)
                .getResultList());
        assertThat(states).endsWith("superseded");
    }

    @Test
    void triesAgainWhatMaySucceedAndGivesUpWhatCannot() {
        // When
        inTransaction(session -> tasks.enqueue(session, NewTask.of("test", "default", "flaky one"))
                .chain(() -> tasks.enqueue(session, NewTask.of("test", "default", "hopeless one")))
                .replaceWithVoid());

        // Then
        Awaitility.await().atMost(SOON).untilAsserted(() -> {
            assertThat(recorded.done).contains("flaky one");
            assertThat(recorded.givenUp).contains("hopeless one hopeless");
        });
    }

    @Test
    void whoeverWasOvertakenWritesNothingMore() {
        // When
        inTransaction(session -> tasks.enqueue(session, NewTask.of("test", "default", "overtaken"))
                .replaceWithVoid());

        // Then
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(recorded.givenUp).anyMatch(why -> why.startsWith("overtaken: ")));
        assertThat(recorded.done).contains("overtaken, still held");
        List<String> errors = committed(session -> session.createNativeQuery(
                        "select coalesce(error, 'none') from task where payload = '\"overtaken\"'", String.class)
                .getResultList());
        assertThat(errors).containsExactly("none");
    }

    @Test
    void addsATaskOnceWhileItIsPending() {
        var task = NewTask.of("nobody-does-this", "default", "x").withNaturalKey("key");
        var first = committed(session -> tasks.enqueue(session, task));
        var second = committed(session -> tasks.enqueue(session, task));

        // Then
        assertThat(List.of(first, second)).containsExactly(true, false);
    }

    @Test
    void stopsAnExecutionAtOnce() {
        // Given
        var id = committed(session -> tasks.newExecution(session, "tst", "default", "test", null, "somebody")
                .call(execution -> tasks.enqueue(
                        session, NewTask.of("test", "default", "endless one").withExecution(execution))));
        Awaitility.await().atMost(SOON).until(() -> state(id).equals("running"));

        // When
        onContext(() -> executions.stop(id)).join();

        // Then
        assertThat(state(id)).isEqualTo("stopped");
        Awaitility.await()
                .atMost(Duration.ofSeconds(3))
                .untilAsserted(() -> assertThat(recorded.cancelled).hasValue(1));
    }

    private String state(String execution) {
        return onContext(() -> executions.find(execution)).join().orElseThrow().state();
    }

    private void inTransaction(Function<Mutiny.Session, Uni<Void>> work) {
        committed(work);
    }

    private <T> T committed(Function<Mutiny.Session, Uni<T>> work) {
        return onContext(() -> sessions.withTransaction(work))
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private <T> CompletableFuture<T> onContext(Supplier<Uni<T>> work) {
        var result = new CompletableFuture<T>();
        background.start(
                "test",
                () -> work.get()
                        .onItemOrFailure()
                        .invoke((item, failure) -> {
                            if (failure == null) {
                                result.complete(item);
                            } else {
                                result.completeExceptionally(failure);
                            }
                        })
                        .onFailure()
                        .recoverWithNull()
                        .replaceWithVoid());
        return result;
    }
}
