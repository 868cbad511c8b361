package dev.longshore.kit.projection;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Applies each record of a compacted topic once: how far a partition was applied is stored in the transaction of the
 * effect. See docs/adr/0011.
 */
@ApplicationScoped
public class Projections {

    private static final String ADVANCE = """
            insert into projection_offset (topic, partition_number, next_offset) values (:topic, :partition, :next)
            on conflict (topic, partition_number) do update set next_offset = excluded.next_offset
            where projection_offset.next_offset < excluded.next_offset""";

    /** Runs the effect in the session's transaction, unless it was run before. */
    public Uni<Void> apply(Mutiny.Session session, ConsumerRecord<String, String> message, Supplier<Uni<Void>> effect) {
        return session.createNativeQuery(ADVANCE)
                .setParameter("topic", message.topic())
                .setParameter("partition", message.partition())
                .setParameter("next", message.offset() + 1)
                .executeUpdate()
                .chain(advanced ->
                        advanced == 1 ? effect.get() : Uni.createFrom().voidItem());
    }
}
