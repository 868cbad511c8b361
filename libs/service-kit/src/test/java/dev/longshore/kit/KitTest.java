package dev.longshore.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.events.ConfigEvent.FreezeConfigured;
import dev.longshore.events.Topic;
import dev.longshore.kit.change.Freezes;
import dev.longshore.kit.event.EventCodec;
import dev.longshore.kit.outbox.Outbox;
import dev.longshore.kit.work.Background;
import dev.longshore.testkit.topic.TestTopics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infra.class)
class KitTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Inject
    Mutiny.SessionFactory sessions;

    @Inject
    Outbox outbox;

    @Inject
    Freezes freezes;

    @Inject
    Recorded recorded;

    @Inject
    Background background;

    @Test
    void publishesInTheOrderOfCommitsAndProjectsOnce() {
        // When
        for (var version = 1; version <= 40; version++) {
            var now = version;
            inTransaction(session -> outbox.append(session, freeze("project:order", now)));
        }
        inTransaction(session -> outbox.remove(session, Topic.CONFIG, "freeze/project:order", "default"));

        // Then
        var expected = new ArrayList<>(IntStream.rangeClosed(1, 40)
                .mapToObj(version -> "freeze/project:order@" + version)
                .toList());
        expected.add("freeze/project:order removed");
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(recorded.projected)
                        .filteredOn(entry -> entry.startsWith("freeze/project:order"))
                        .containsExactlyElementsOf(expected));
    }

    @Test
    void publishesNothingOfATransactionThatFails() {
        // When
        var failed = onContext(() ->
                        sessions.withTransaction(session -> outbox.append(session, freeze("project:never", 1))
                                .chain(() -> Uni.createFrom().<Void>failure(new IllegalStateException("on purpose")))))
                .handle((_, failure) -> failure != null)
                .join();
        inTransaction(session -> outbox.append(session, freeze("project:after", 1)));

        // Then
        assertThat(failed).isTrue();
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(recorded.projected).contains("freeze/project:after@1"));
        assertThat(recorded.projected).noneMatch(entry -> entry.contains("never"));
    }

    @Test
    void putsWhatCannotBeReadWithTheDeadLettersAndGoesOn() {
        // When
        onTopics(topics -> topics.send("longshore.config", "freeze/broken", "this is no event"));
        inTransaction(session -> outbox.append(session, freeze("project:behind-broken", 1)));

        // Then
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(recorded.projected).contains("freeze/project:behind-broken@1"));
        assertThat(deadLetters()).contains("this is no event");
    }

    @Test
    void refusesChangesWhileFrozen() {
        // Given
        inTransaction(session -> freezes.set(session, "registry:cold", "release night"));

        // Then
        Awaitility.await()
                .atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(onContext(() -> freezes.check("cold", "default"))
                                .handle((_, failure) -> String.valueOf(failure))
                                .join())
                        .contains("registry:cold", "release night"));
        assertThat(onContext(() -> freezes.check("warm", "default")).isCompletedExceptionally())
                .isFalse();
    }

    @Test
    void goesOnWhereItStoppedWhenTheDatabaseComesBack() throws Exception {
        // Given
        Infra.LOCAL.stopPostgres();
        var away = EventCodec.encode(freeze("project:away", 7), UUID.randomUUID(), "test", Instant.now());
        onTopics(topics -> topics.send("longshore.config", "freeze/project:away", away));

        // When
        Infra.LOCAL.startPostgres();

        // Then
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(recorded.projected).contains("freeze/project:away@7"));
    }

    private static FreezeConfigured freeze(String scope, long version) {
        return new FreezeConfigured("default", scope, version, "a test", "somebody", Instant.EPOCH);
    }

    private void inTransaction(Function<Mutiny.Session, Uni<Void>> work) {
        committed(work);
    }

    private <T> T committed(Function<Mutiny.Session, Uni<T>> work) {
        return onContext(() -> sessions.withTransaction(work))
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private <T> CompletableFuture<T> onContext(java.util.function.Supplier<Uni<T>> work) {
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

    private static List<String> deadLetters() {
        var found = new ArrayList<String>();
        onTopics(topics -> topics.read("longshore.config.kit.dlq").forEach(letter -> found.add(letter.value())));
        return found;
    }

    private static void onTopics(Consumer<TestTopics> work) {
        try (var topics = new TestTopics(Infra.LOCAL.kafkaBootstrapServers())) {
            work.accept(topics);
        }
    }
}
