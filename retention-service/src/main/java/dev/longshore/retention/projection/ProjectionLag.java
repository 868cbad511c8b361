package dev.longshore.retention.projection;

import dev.longshore.events.Topic;
import dev.longshore.kit.work.BlockingCalls;
import dev.longshore.retention.postgres.KnownTo;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Asks the broker how much of the inventory there is, and compares with how much is known here. */
@ApplicationScoped
public class ProjectionLag {

    private static final int PATIENCE_MILLIS = 5000;
    private static final int LOOKS = 20;
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Map<String, Object> broker;
    private final BlockingCalls blocking;
    private final KnownTo knownTo;
    private final Mutiny.SessionFactory sessions;
    private @Nullable Admin admin;

    ProjectionLag(
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            BlockingCalls blocking,
            KnownTo knownTo,
            Mutiny.SessionFactory sessions) {
        this.broker = Map.copyOf(broker);
        this.blocking = blocking;
        this.knownTo = knownTo;
        this.sessions = sessions;
    }

    /**
     * Why what is known here may not be all; empty if it is all, at least up to now. What was told a moment ago is waited
     * for a little. No answer is a reason too.
     */
    public Uni<Optional<String>> doubt() {
        return blocking.call(this::ends)
                .chain(ends -> doubt(ends, LOOKS))
                .onFailure(KafkaException.class)
                .recoverWithItem(
                        failure -> Optional.of("how much there is to know cannot be asked: " + failure.getMessage()));
    }

    private Uni<Optional<String>> doubt(Map<Integer, Long> ends, int looks) {
        return sessions.withSession(knownTo::now)
                .map(known -> doubt(ends, known))
                .chain(doubt -> doubt.isEmpty() || looks <= 1
                        ? Uni.createFrom().item(doubt)
                        : blocking.call(ProjectionLag::pause).chain(() -> doubt(ends, looks - 1)));
    }

    private static Duration pause() throws InterruptedException {
        Thread.sleep(PAUSE);
        return PAUSE;
    }

    private static Optional<String> doubt(Map<Integer, Long> ends, Map<Integer, Long> known) {
        return KnownTo.reaches(known, ends)
                ? Optional.empty()
                : Optional.of("%d changes of the inventory are not known here yet"
                        .formatted(ends.entrySet().stream()
                                .mapToLong(end -> Math.max(0, end.getValue() - known.getOrDefault(end.getKey(), 0L)))
                                .sum()));
    }

    private Map<Integer, Long> ends() {
        var wanted = IntStream.range(0, Topic.INVENTORY.partitions())
                .mapToObj(number -> new TopicPartition(Topic.INVENTORY.topicName(), number))
                .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
        try {
            var found = new HashMap<Integer, Long>();
            admin().listOffsets(wanted)
                    .all()
                    .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                    .forEach((partition, end) -> found.put(partition.partition(), end.offset()));
            return found;
        } catch (ExecutionException | TimeoutException failure) {
            throw new KafkaException("the broker did not answer", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaException(interrupted);
        }
    }

    private synchronized Admin admin() {
        var open = admin;
        if (open == null) {
            var settings = new HashMap<>(broker);
            settings.put("default.api.timeout.ms", PATIENCE_MILLIS);
            settings.put("request.timeout.ms", PATIENCE_MILLIS);
            open = Admin.create(settings);
            admin = open;
        }
        return open;
    }

    @PreDestroy
    synchronized void close() {
        var open = admin;
        if (open != null) {
            open.close();
        }
    }
}
