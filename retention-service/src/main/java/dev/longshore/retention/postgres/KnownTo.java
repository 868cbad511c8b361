package dev.longshore.retention.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.longshore.events.Topic;
import dev.longshore.kit.event.StoredJson;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.HashMap;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;

/** How far this service's copy of the inventory is, partition by partition of its topic. */
@ApplicationScoped
public class KnownTo {

    public Uni<Map<Integer, Long>> now(Mutiny.Session session) {
        return session.createNativeQuery(
                        "select partition_number, next_offset from projection_offset where topic = :topic", Tuple.class)
                .setParameter("topic", Topic.INVENTORY.topicName())
                .getResultList()
                .map(rows -> {
                    var reached = new HashMap<Integer, Long>();
                    rows.forEach(row -> reached.put(
                            row.get("partition_number", Number.class).intValue(),
                            row.get("next_offset", Number.class).longValue()));
                    return Map.copyOf(reached);
                });
    }

    /** Whether the first is known at least as far as the second. */
    public static boolean reaches(Map<Integer, Long> reached, Map<Integer, Long> wanted) {
        return wanted.entrySet().stream().allMatch(each -> reached.getOrDefault(each.getKey(), 0L) >= each.getValue());
    }

    static String write(Map<Integer, Long> offsets) {
        return StoredJson.write(offsets);
    }

    static Map<Integer, Long> read(String json) {
        return StoredJson.read(json, new TypeReference<Map<Integer, Long>>() {});
    }
}
