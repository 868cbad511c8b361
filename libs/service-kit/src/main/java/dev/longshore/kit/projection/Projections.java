package dev.longshore.kit.projection;

import dev.longshore.kit.event.Replayed;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Applies each record of a compacted topic once: how far a partition was applied is stored in the transaction of the
 * effect. See docs/adr/0011.
 *
 * <p>A record that went to the dead letters leaves a hole under its key. Replayed, it fills the hole; if a newer record
 * of the key was applied meanwhile, the hole is gone, and the replayed one would only bring back what was.
 */
@ApplicationScoped
public class Projections {

    private static final String ADVANCE = """
            with closed as (
                delete from projection_hole
                where topic = :topic and message_key = :key and message_offset < :next)
            insert into projection_offset (topic, partition_number, next_offset) values (:topic, :partition, :next)
            on conflict (topic, partition_number) do update set next_offset = excluded.next_offset
            where projection_offset.next_offset < excluded.next_offset""";
    private static final String FILL =
            "delete from projection_hole where topic = :topic and message_key = :key and message_offset = :offset";
    private static final String LEAVE_HOLE = """
            insert into projection_hole (topic, message_key, message_offset) values (:topic, :key, :offset)
            on conflict (topic, message_key) do update set message_offset = excluded.message_offset
            where projection_hole.message_offset < excluded.message_offset""";

    private final Mutiny.SessionFactory sessions;
    private final TopicsConfig config;

    Projections(Mutiny.SessionFactory sessions, TopicsConfig config) {
        this.sessions = sessions;
        this.config = config;
    }

    /** Runs the effect in a transaction, unless it was run before or is out of date. */
    public Uni<Void> apply(ConsumerRecord<String, String> message, Function<Mutiny.Session, Uni<Void>> effect) {
        return sessions.withTransaction((session, _) -> advance(session, message)
                .chain(advanced -> advanced == 1
                        ? fill(session, message)
                        : Uni.createFrom().item(false))
                .chain(isDue -> isDue ? effect.apply(session) : Uni.createFrom().voidItem()));
    }

    /** Remembers that this record was not applied. Does nothing for topics that are not projected. */
    public Uni<Void> leaveHole(ConsumerRecord<String, String> message) {
        if (!config.projected().map(topics -> topics.contains(message.topic())).orElse(false)) {
            return Uni.createFrom().voidItem();
        }
        return sessions.withTransaction((session, _) -> session.createNativeQuery(LEAVE_HOLE)
                .setParameter("topic", message.topic())
                .setParameter("key", message.key())
                .setParameter("offset", message.offset())
                .executeUpdate()
                .replaceWithVoid());
    }

    private static Uni<Integer> advance(Mutiny.Session session, ConsumerRecord<String, String> message) {
        return session.createNativeQuery(ADVANCE)
                .setParameter("topic", message.topic())
                .setParameter("key", message.key())
                .setParameter("partition", message.partition())
                .setParameter("next", message.offset() + 1)
                .executeUpdate();
    }

    private static Uni<Boolean> fill(Mutiny.Session session, ConsumerRecord<String, String> message) {
        Optional<Replayed> replayed = Replayed.of(message);
        if (replayed.isEmpty()) {
            return Uni.createFrom().item(true);
        }
        return session.createNativeQuery(FILL)
                .setParameter("topic", replayed.get().topic())
                .setParameter("key", message.key())
                .setParameter("offset", replayed.get().offset())
                .executeUpdate()
                .map(filled -> filled == 1);
    }
}
