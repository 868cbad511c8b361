package dev.longshore.kit.projection;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once every projection has reached the end that its topic had when this process started. */
@Readiness
@ApplicationScoped
class ProjectionsReady implements AsyncHealthCheck {

    private final Pool pool;
    private final TopicCreation topics;
    private volatile Map<TopicPartition, Long> ends = Map.of();
    private volatile boolean ready;

    ProjectionsReady(Pool pool, TopicCreation topics) {
        this.pool = pool;
        this.topics = topics;
    }

    /** Before the channels start to read, so that what they read is not counted. */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE + 10) StartupEvent event) {
        ends = topics.createAndFindEnds();
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return ready ? Uni.createFrom().item(response(Map.of())) : behind().map(this::response);
    }

    private HealthCheckResponse response(Map<TopicPartition, Long> behind) {
        ready = behind.isEmpty();
        var answer = HealthCheckResponse.named("projections").status(ready);
        behind.forEach((partition, records) -> answer.withData(partition.toString(), records + " records behind"));
        return answer.build();
    }

    private Uni<Map<TopicPartition, Long>> behind() {
        return pool.query("select topic, partition_number, next_offset from projection_offset")
                .execute()
                .map(rows -> {
                    var reached = new HashMap<TopicPartition, Long>();
                    rows.forEach(row -> reached.put(
                            new TopicPartition(row.getString("topic"), row.getInteger("partition_number")),
                            row.getLong("next_offset")));
                    return ends.entrySet().stream()
                            .filter(end -> reached.getOrDefault(end.getKey(), 0L) < end.getValue())
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey, end -> end.getValue() - reached.getOrDefault(end.getKey(), 0L)));
                });
    }
}
