package dev.longshore.kit.outbox;

import com.fasterxml.uuid.Generators;
import dev.longshore.events.Event;
import dev.longshore.events.Topic;
import dev.longshore.kit.event.EventCodec;
import dev.longshore.kit.event.StoredJson;
import dev.longshore.kit.trace.TraceParent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Says something to the other services in the transaction of the change itself: both happen, or neither.
 *
 * <p>Events of one key are published in the order in which their transactions committed: a lock on the key, held until
 * the commit, is taken before the row gets its sequence. See docs/adr/0006.
 */
@ApplicationScoped
public class Outbox {

    /** Keys are spread over so many relays, each of which publishes in order. */
    static final int SHARDS = 4;

    private static final String LOCK_KEY = "select 1 from pg_advisory_xact_lock(hashtextextended(:topicAndKey, 0))";
    private static final String INSERT = """
            insert into outbox (shard, topic, message_key, event_id, type, headers, payload)
            values (:shard, :topic, :key, :id, :type, :headers, nullif(:payload, ''))""";

    private final String source;
    private final Clock clock = Clock.systemUTC();

    Outbox(@ConfigProperty(name = "quarkus.application.name") String source) {
        this.source = source;
    }

    /** Publishes the events, in this order, once the session's transaction has committed. */
    public Uni<Void> append(Mutiny.Session session, Event... events) {
        return Multi.createFrom()
                .items(events)
                .onItem()
                .transformToUniAndConcatenate(event -> append(session, event))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Publishes a null record, which removes the key from a compacted topic. */
    public Uni<Void> remove(Mutiny.Session session, Topic topic, String key, String project) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("ce_project", project);
        return insert(session, topic.topicName(), key, newId(), "", headers, "");
    }

    /**
     * Publishes a record again as it was.
     *
     * @param payload empty for a null record
     */
    public Uni<Void> replay(
            Mutiny.Session session, String topic, String key, Map<String, String> headers, String payload) {
        var type = headers.getOrDefault("ce_type", "");
        return insert(session, topic, key, newId(), type, new LinkedHashMap<>(headers), payload);
    }

    private Uni<Void> append(Mutiny.Session session, Event event) {
        var id = newId();
        var now = clock.instant();
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/cloudevents+json; charset=UTF-8");
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", id.toString());
        headers.put("ce_type", event.type());
        headers.put("ce_source", "/longshore/" + source);
        headers.put("ce_subject", event.subject());
        headers.put("ce_time", now.toString());
        headers.put("ce_project", event.project());
        var payload = EventCodec.encode(event, id, source, now);
        return insert(session, event.topic().topicName(), event.key(), id, event.type(), headers, payload);
    }

    private static Uni<Void> insert(
            Mutiny.Session session,
            String topic,
            String key,
            UUID id,
            String type,
            Map<String, String> headers,
            String payload) {
        headers.put("traceparent", TraceParent.current());
        var shard = Math.floorMod((topic + "/" + key).hashCode(), SHARDS);
        return session.createNativeQuery(LOCK_KEY, Integer.class)
                .setParameter("topicAndKey", topic + "/" + key)
                .getSingleResult()
                .chain(() -> session.createNativeQuery(INSERT)
                        .setParameter("shard", (short) shard)
                        .setParameter("topic", topic)
                        .setParameter("key", key)
                        .setParameter("id", id)
                        .setParameter("type", type)
                        .setParameter("headers", StoredJson.write(headers))
                        .setParameter("payload", payload)
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** Time-ordered, so that ids sort as they were made (RFC 9562, version 7). */
    static UUID newId() {
        return Generators.timeBasedEpochGenerator().generate();
    }
}
