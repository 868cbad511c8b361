package dev.longshore.kit;

import static dev.longshore.testkit.Eventually.eventuallyTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.events.ConfigEvent.FreezeConfigured;
import dev.longshore.events.ConfigEvent.Kind;
import dev.longshore.events.Topic;
import dev.longshore.kit.event.Replayed;
import dev.longshore.kit.outbox.Outbox;
import dev.longshore.kit.work.Background;
import dev.longshore.testkit.topic.Message;
import dev.longshore.testkit.topic.TestTopics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infra.class)
class ReplayTest {

    @Inject
    Mutiny.SessionFactory sessions;

    @Inject
    Outbox outbox;

    @Inject
    Recorded recorded;

    @Inject
    Background background;

    @Test
    void appliesWhatIsReplayedOnce() {
        var letter = failing("project:replayed");

        replay(letter);
        replay(letter);

        afterAll();
        assertThat(projected("project:replayed")).containsExactly("freeze/project:replayed@1");
    }

    @Test
    void leavesANewerRecordOfTheKeyAlone() {
        var letter = failing("project:superseded");
        publish(freeze("project:superseded", 2));
        eventuallyTrue(() -> !projected("project:superseded").isEmpty());

        replay(letter);

        afterAll();
        assertThat(projected("project:superseded")).containsExactly("freeze/project:superseded@2");
    }

    @Test
    void appliesWhatFailsWhenReplayedTheNextTime() {
        var letter = failing("project:twice");
        recorded.refused.add(letter.key());
        replay(letter);
        eventuallyTrue(() -> letters(letter.key()).size() == 2);
        recorded.refused.remove(letter.key());

        replay(letter);

        afterAll();
        assertThat(projected("project:twice")).containsExactly("freeze/project:twice@1");
    }

    /** The dead letter of a record that could not be applied, and now could. */
    private Message failing(String scope) {
        var key = Kind.FREEZE.key(scope);
        recorded.refused.add(key);
        publish(freeze(scope, 1));
        eventuallyTrue(() -> !letters(key).isEmpty());
        recorded.refused.remove(key);
        return letters(key).getFirst();
    }

    private void replay(Message letter) {
        var replayed = new Replayed(
                header(letter, "dead-letter-topic"),
                Integer.parseInt(header(letter, "dead-letter-partition")),
                Long.parseLong(header(letter, "dead-letter-offset")));
        inTransaction(session -> outbox.replay(
                session,
                Topic.CONFIG.replays("kit"),
                letter.key(),
                Map.of(Replayed.HEADER, replayed.toString(), "ce_id", header(letter, "ce_id")),
                letter.value()));
    }

    /** A replayed record behind all others: when it is there, they are through. */
    private void afterAll() {
        var scope = "project:last-" + System.nanoTime();
        replay(failing(scope));
        eventuallyTrue(() -> !projected(scope).isEmpty());
    }

    private void publish(FreezeConfigured freeze) {
        inTransaction(session -> outbox.append(session, freeze));
    }

    private List<String> projected(String scope) {
        return recorded.projected.stream()
                .filter(entry -> entry.startsWith(Kind.FREEZE.key(scope)))
                .toList();
    }

    private static FreezeConfigured freeze(String scope, long version) {
        return new FreezeConfigured("default", scope, version, "a test", "ann", Instant.EPOCH);
    }

    private void inTransaction(Function<Mutiny.Session, Uni<Void>> work) {
        var done = new CompletableFuture<Void>();
        background.start(
                "test",
                () -> sessions.withTransaction((session, _) -> work.apply(session))
                        .onItemOrFailure()
                        .invoke((_, failure) -> {
                            if (failure == null) {
                                done.complete(null);
                            } else {
                                done.completeExceptionally(failure);
                            }
                        }));
        done.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static String header(Message letter, String name) {
        return Objects.requireNonNull(letter.headers().get(name), name);
    }

    private static List<Message> letters(String key) {
        try (var topics = new TestTopics(Infra.LOCAL.kafkaBootstrapServers())) {
            return topics.read(Topic.CONFIG.deadLetters("kit")).stream()
                    .filter(letter -> key.equals(letter.key()))
                    .toList();
        }
    }
}
