package dev.longshore.kit;

import dev.longshore.events.ConfigEvent;
import dev.longshore.kit.event.Received;
import dev.longshore.kit.inbox.Consumption;
import dev.longshore.kit.task.ClaimedTask;
import dev.longshore.kit.task.GivenUp;
import dev.longshore.kit.task.Lease;
import dev.longshore.kit.task.TaskFailure;
import dev.longshore.kit.task.TaskHandler;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/** What the kit's machinery did, for its tests. */
@Singleton
class Recorded implements TaskHandler {

    final List<String> projected = new CopyOnWriteArrayList<>();
    final List<String> done = new CopyOnWriteArrayList<>();
    final List<String> givenUp = new CopyOnWriteArrayList<>();
    /** Keys whose records cannot be applied at present. */
    final Set<String> refused = ConcurrentHashMap.newKeySet();

    final AtomicInteger atOnce = new AtomicInteger();
    final AtomicInteger mostAtOnce = new AtomicInteger();
    final AtomicInteger cancelled = new AtomicInteger();

    private final Mutiny.SessionFactory sessions;
    private final Consumption consumption;

    Recorded(Mutiny.SessionFactory sessions, Consumption consumption) {
        this.sessions = sessions;
        this.consumption = consumption;
    }

    @Incoming("config")
    Uni<Void> consume(ConsumerRecord<String, String> message) {
        return consumption.project(message, ConfigEvent.class, (_, received) -> project(received));
    }

    private Uni<Void> project(Received<ConfigEvent> received) {
        if (refused.contains(received.key())
                || received.event()
                        .filter(ConfigEvent.Unrecognized.class::isInstance)
                        .isPresent()) {
            return Uni.createFrom().failure(new IllegalStateException("refused by the test"));
        }
        projected.add(received.key()
                + received.event().map(event -> "@" + event.version()).orElse(" removed"));
        return Uni.createFrom().voidItem();
    }

    @Override
    public String kind() {
        return "test";
    }

    @Override
    public int concurrency() {
        return 4;
    }

    @Override
    public Uni<Void> run(ClaimedTask task, Lease lease) {
        var name = task.payload(String.class);
        if (name.startsWith("hopeless")) {
            return Uni.createFrom().failure(new TaskFailure.GiveUp("hopeless", "It is"));
        }
        if (name.startsWith("flaky") && task.attempt() == 1) {
            return Uni.createFrom().failure(new TaskFailure.RetryLater("flaky", "Not yet", Duration.ofMillis(50)));
        }
        if (name.startsWith("endless")) {
            return Uni.createFrom().<Void>nothing().onCancellation().invoke(cancelled::incrementAndGet);
        }
        if (name.startsWith("overtaken")) {
            return overtaken(lease);
        }
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(Duration.ofMillis(20))
                .invoke(() -> {
                    atOnce.decrementAndGet();
                    done.add(name);
                });
    }

    /** Another worker takes the task and ends it; what this one writes then is not to stay. */
    private Uni<Void> overtaken(Lease lease) {
        return sessions.withTransaction((session, _) -> lease.hold(session))
                .invoke(() -> done.add("overtaken, still held"))
                .chain(() -> sessions.withTransaction(
                        (session, _) -> session.createNativeQuery("""
                                update task set fencing_token = fencing_token + 1, state = 'succeeded'
                                where payload = '"overtaken"'""").executeUpdate()))
                .chain(() -> sessions.withTransaction((session, _) ->
                        session.createNativeQuery("""
                                update task set error = 'written too late' where payload = '"overtaken"'""").executeUpdate().chain(() -> lease.hold(session))))
                .onFailure()
                .invoke(failure -> givenUp.add("overtaken: " + failure.getMessage()));
    }

    @Override
    public Uni<Void> givenUp(Mutiny.Session session, ClaimedTask task, GivenUp why) {
        givenUp.add(task.payload(String.class) + " " + why.code());
        return Uni.createFrom().voidItem();
    }
}
