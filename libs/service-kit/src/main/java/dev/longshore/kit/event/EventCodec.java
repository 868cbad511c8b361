package dev.longshore.kit.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.longshore.events.Event;
import dev.longshore.events.EventType;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonCloudEventData;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Events to and from CloudEvents 1.0, JSON event format (cloudevents/formats/json-format.md). */
public final class EventCodec {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModules(new JavaTimeModule(), new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private static final Map<Class<?>, Map<String, Class<?>>> TYPES = new ConcurrentHashMap<>();

    private EventCodec() {}

    /** The mapper of event data, for what services keep of events in their own stores. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    public static String encode(Event event, UUID id, String source, Instant time) {
        var envelope = CloudEventBuilder.v1()
                .withId(id.toString())
                .withSource(URI.create("/longshore/" + source))
                .withType(event.type())
                .withSubject(event.subject())
                .withTime(time.atOffset(ZoneOffset.UTC))
                .withExtension("project", event.project())
                .withData("application/json", JsonCloudEventData.wrap(MAPPER.valueToTree(event)))
                .build();
        var format = EventFormatProvider.getInstance().resolveFormat(JsonFormat.CONTENT_TYPE);
        if (format == null) {
            throw new IllegalStateException("The CloudEvents JSON format is not on the classpath");
        }
        return new String(format.serialize(envelope), UTF_8);
    }

    /** @throws UnreadableRecordException if the record is no CloudEvent, or its data not what its type says */
    public static <E extends Event> Received<E> decode(ConsumerRecord<String, String> message, Class<E> family) {
        if (message.value() == null) {
            return new Received<>(
                    UUID.nameUUIDFromBytes(
                            (message.topic() + message.partition() + "@" + message.offset()).getBytes(UTF_8)),
                    "",
                    Instant.ofEpochMilli(message.timestamp()),
                    message.key(),
                    Optional.empty());
        }
        try {
            var envelope = MAPPER.readTree(message.value());
            var id = UUID.fromString(required(envelope, "id"));
            var time = Instant.parse(required(envelope, "time"));
            var event = data(required(envelope, "type"), envelope.path("data"), family);
            return new Received<>(id, required(envelope, "source"), time, message.key(), Optional.of(event));
        } catch (JsonProcessingException | IllegalArgumentException | java.time.DateTimeException failure) {
            throw new UnreadableRecordException(
                    "Could not read the record as a CloudEvent of " + message.topic(), failure);
        }
    }

    private static <E extends Event> E data(String type, JsonNode data, Class<E> family)
            throws JsonProcessingException {
        var known = TYPES.computeIfAbsent(family, EventCodec::typesOf);
        if (!(data instanceof ObjectNode fields)) {
            throw new IllegalArgumentException("The data is not a JSON object");
        }
        var record = known.get(type);
        if (record == null) {
            record = known.get("");
            fields.put("type", type);
        }
        if (record == null) {
            throw new IllegalArgumentException(family + " has no Unrecognized");
        }
        return family.cast(MAPPER.treeToValue(fields, record));
    }

    /** By type; the family's {@code Unrecognized} under the empty string. */
    private static Map<String, Class<?>> typesOf(Class<?> family) {
        return Stream.of(family.getPermittedSubclasses())
                .collect(Collectors.toMap(
                        record -> record.isAnnotationPresent(EventType.class) ? Event.typeOf(record) : "",
                        record -> record));
    }

    private static String required(JsonNode envelope, String attribute) {
        var value = envelope.path(attribute);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("The attribute '" + attribute + "' is missing");
        }
        return value.asText();
    }
}
