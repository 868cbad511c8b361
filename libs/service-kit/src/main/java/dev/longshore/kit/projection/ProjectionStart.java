package dev.longshore.kit.projection;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Starts reading a projected partition where the stored projection ends, whatever offset the broker remembers: a
 * database that was restored from a backup is behind the broker, and would miss what lies between.
 */
@ApplicationScoped
@Identifier("projection")
class ProjectionStart implements KafkaConsumerRebalanceListener {

    private static final Logger LOG = Logger.getLogger(ProjectionStart.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Pool pool;

    ProjectionStart(Pool pool) {
        this.pool = pool;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        for (var partition : partitions) {
            var stored = pool.preparedQuery(
                            "select next_offset from projection_offset where topic = $1 and partition_number = $2")
                    .execute(Tuple.of(partition.topic(), partition.partition()))
                    .await()
                    .atMost(PATIENCE);
            var next = stored.size() == 0 ? 0L : stored.iterator().next().getLong(0);
            LOG.debugf("Reading %s from %d", partition, next);
            consumer.seek(partition, next);
        }
    }
}
