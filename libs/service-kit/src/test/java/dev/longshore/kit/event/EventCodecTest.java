package dev.longshore.kit.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.events.Event;
import dev.longshore.events.ImageEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {

    private static final Path GOLDEN = Path.of("../events/src/test/resources/golden");

    static List<Path> goldenFiles() throws IOException {
        try (var files = Files.walk(GOLDEN)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    void readsEveryEventEverReleasedAndWritesItTheSame(Path file) throws IOException {
        var text = Files.readString(file);
        var family = familyOf(EventCodec.mapper().readTree(text));

        var received = EventCodec.decode(new ConsumerRecord<>("topic", 0, 0, "key", text), family);
        var written = EventCodec.encode(
                received.event().orElseThrow(),
                received.id(),
                received.source().replace("/longshore/", ""),
                received.time());

        assertThat(EventCodec.mapper().readTree(written))
                .isEqualTo(EventCodec.mapper().readTree(text));
    }

    @Test
    void keepsTheTypeOfWhatANewerProducerWrote() {
        var text = """
                {"specversion": "1.0", "id": "019aa5d1-1001-7c3a-9d41-5f2e8b6a0c01", "source": "/longshore/push-service",
                 "type": "dev.longshore.image.renamed.v1", "time": "2026-11-21T09:15:03Z", "data": {"project": "shop"}}""";

        var received = EventCodec.decode(new ConsumerRecord<>("topic", 0, 0, "key", text), ImageEvent.class);

        assertThat(received.event().orElseThrow().type()).isEqualTo("dev.longshore.image.renamed.v1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"id\": 1, \"source\": \"s\", \"type\": \"t\", \"time\": \"2026-11-21T09:15:03Z\"}",
                "{\"id\": \"x\", \"source\": \"s\", \"type\": \"t\", \"time\": \"2026-11-21T09:15:03Z\", \"data\": {}}",
                "{\"id\": \"019aa5d1-1001-7c3a-9d41-5f2e8b6a0c01\", \"source\": \"s\", \"type\": \"t\", \"time\": \"noon\", \"data\": {}}",
                "{\"id\": \"019aa5d1-1001-7c3a-9d41-5f2e8b6a0c01\", \"source\": \"s\", \"type\": \"t\", \"time\": \"2026-11-21T09:15:03Z\"}",
                "{\"id\": \"019aa5d1-1001-7c3a-9d41-5f2e8b6a0c01\", \"source\": \"s\", \"type\": \"t\", \"time\": \"2026-11-21T09:15:03Z\", \"data\": []}",
            })
    void refusesWhatIsNoCloudEvent(String text) {
        assertThatThrownBy(() -> EventCodec.decode(new ConsumerRecord<>("topic", 0, 0, "key", text), ImageEvent.class))
                .isInstanceOf(UnreadableRecordException.class);
    }

    private static Class<? extends Event> familyOf(JsonNode envelope) {
        return Stream.of(Event.class.getPermittedSubclasses())
                .filter(family -> Stream.of(family.getPermittedSubclasses())
                        .filter(record -> !record.getSimpleName().equals("Unrecognized"))
                        .anyMatch(record -> Event.typeOf(record)
                                .equals(envelope.path("type").asText())))
                .<Class<? extends Event>>map(family -> family.asSubclass(Event.class))
                .findFirst()
                .orElseThrow();
    }
}
