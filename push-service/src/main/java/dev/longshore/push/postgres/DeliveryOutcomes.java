package dev.longshore.push.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.longshore.kit.event.StoredJson;
import dev.longshore.registries.ParsedNotifications.Unusable;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What became of deliveries. */
@ApplicationScoped
public class DeliveryOutcomes {

    private static final String FIND = """
            select o.*, h.* from delivery_outcome o cross join lateral (
                select count(*) filter (where state = 'pending') as pending, count(*) filter (where state = 'done') as done,
                       count(*) filter (where state = 'failed') as failed,
                       array_agg(distinct reason) filter (where reason is not null) as reasons
                from hint where delivery = o.delivery) h
            where o.delivery = any($1)""";

    private final Pool pool;

    DeliveryOutcomes(Pool pool) {
        this.pool = pool;
    }

    /**
     * @param pending hints that a reading is yet to answer
     * @param reasons why hints failed
     */
    public record Outcome(
            String delivery,
            String registry,
            Instant receivedAt,
            @Nullable String rejectedBecause,
            int notifications,
            int skipped,
            int ignored,
            int pulls,
            List<Unusable> unusable,
            long pending,
            long done,
            long failed,
            List<String> reasons) {}

    public Uni<List<Outcome>> find(List<String> deliveries) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(deliveries.toArray(String[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(DeliveryOutcomes::outcome)
                        .toList());
    }

    private static Outcome outcome(Row row) {
        return new Outcome(
                row.getString("delivery"),
                row.getString("registry"),
                row.getOffsetDateTime("received_at").toInstant(),
                row.getString("rejected_because"),
                row.getInteger("notifications"),
                row.getInteger("skipped"),
                row.getInteger("ignored"),
                row.getInteger("pulls"),
                StoredJson.read(row.getString("unusable"), new TypeReference<List<Unusable>>() {}),
                row.getLong("pending"),
                row.getLong("done"),
                row.getLong("failed"),
                List.of(Optional.ofNullable(row.getArrayOfStrings("reasons")).orElse(new String[0])));
    }
}
