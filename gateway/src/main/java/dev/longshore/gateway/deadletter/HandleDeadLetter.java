package dev.longshore.gateway.deadletter;

import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.events.AuditEvent.Result;
import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.deadletter.domain.DeadLetter;
import dev.longshore.gateway.deadletter.domain.DeadLetterState;
import dev.longshore.gateway.deadletter.postgres.DeadLetters;
import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.kit.event.Replayed;
import dev.longshore.kit.outbox.Outbox;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.kit.trace.TraceParent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Replays a dead letter, or puts it away. Replayed, it goes to the service that could not handle it and to no other: the
 * others have handled it, and on a compacted topic an old record would undo a newer one.
 */
@ApplicationScoped
public class HandleDeadLetter {

    private final Mutiny.SessionFactory database;
    private final DeadLetters letters;
    private final Outbox outbox;
    private final Clock clock = Clock.systemUTC();

    HandleDeadLetter(Mutiny.SessionFactory database, DeadLetters letters, Outbox outbox) {
        this.database = database;
        this.letters = letters;
        this.outbox = outbox;
    }

    /** Fails with a problem if there is none of this id, or it was handled before. */
    public Uni<DeadLetter> replay(String id, Identity session, String address) {
        return handle(id, DeadLetterState.REPLAYED, session, address, (transaction, letter) -> {
            var headers = letter.replayHeaders();
            headers.put(Replayed.HEADER, letter.origin());
            return outbox.replay(transaction, letter.from().replays(), letter.key(), headers, letter.payload());
        });
    }

    /** Fails as {@link #replay} does. */
    public Uni<DeadLetter> dismiss(String id, Identity session, String address) {
        return handle(
                id,
                DeadLetterState.DISMISSED,
                session,
                address,
                (_, _) -> Uni.createFrom().voidItem());
    }

    private interface Effect {
        Uni<Void> of(Mutiny.Session transaction, DeadLetter letter);
    }

    private Uni<DeadLetter> handle(String id, DeadLetterState state, Identity session, String address, Effect effect) {
        return find(id).chain(letter -> database.withTransaction((transaction, _) -> letters.handle(
                                transaction, id, state, session.name())
                        .invoke(isFirst -> {
                            if (!isFirst) {
                                throw new ProblemException(
                                        ErrorCode.CONFLICT,
                                        "This dead letter was replayed or dismissed before. What fails again after a"
                                                + " replay is a dead letter of its own");
                            }
                        })
                        .chain(() -> effect.of(transaction, letter))
                        .chain(() -> outbox.append(transaction, audit(letter, state, session, address)))))
                .chain(() -> find(id));
    }

    private Uni<DeadLetter> find(String id) {
        return letters.find(id)
                .map(found -> found.orElseThrow(() -> new ProblemException(
                        ErrorCode.NOT_FOUND, "There is no dead letter of this id, or it is gone by now")));
    }

    private AuditRecorded audit(DeadLetter letter, DeadLetterState state, Identity session, String address) {
        return new AuditRecorded(
                letter.project(),
                session.name(),
                address,
                session.id(),
                "dead-letter." + state,
                "dead-letters/" + letter.id(),
                Result.SUCCEEDED,
                null,
                null,
                Map.of("service", letter.from().service(), "origin", letter.origin(), "type", letter.type()),
                TraceParent.traceId().orElse(null),
                clock.instant());
    }
}
