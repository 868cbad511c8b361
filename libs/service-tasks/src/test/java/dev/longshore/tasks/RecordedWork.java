package dev.longshore.tasks;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.hibernate.reactive.mutiny.Mutiny;

/** Tasks whose payload says what becomes of them, and what became of them. */
@Singleton
class RecordedWork implements TaskHandler {

    final List<String> done = new CopyOnWriteArrayList<>();
    final List<String> givenUp = new CopyOnWriteArrayList<>();
    final AtomicInteger cancelled = new AtomicInteger();

    private final Mutiny.SessionFactory sessions;

    RecordedWork(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
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
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(Duration.ofMillis(20))
                .invoke(() -> done.add(name));
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
