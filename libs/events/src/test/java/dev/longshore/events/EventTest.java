package dev.longshore.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every event. */
class EventTest {

    static List<Path> goldenFiles() {
        return Contract.goldenFiles();
    }

    static List<Class<?>> families() {
        return Contract.families();
    }

    @Test
    void hasATypeOfItsOwn() {
        var records = Contract.families().stream()
                .flatMap(family -> Stream.of(family.getPermittedSubclasses()))
                .filter(record -> !record.getSimpleName().equals("Unrecognized"))
                .toList();

        assertThat(records)
                .extracting(Event::typeOf)
                .doesNotHaveDuplicates()
                .allMatch(type -> type.matches("dev\\.longshore\\.[a-z-]+\\.[a-z-]+\\.v[1-9][0-9]*"));
    }

    @Test
    void saysWhichProjectItBelongsTo() {
        assertThat(Contract.records().values())
                .allSatisfy(record ->
                        assertThat(record.getRecordComponents()[0].getName()).isEqualTo("project"));
    }

    @ParameterizedTest
    @MethodSource("families")
    void hasARecordForTypesOfNewerProducers(Class<?> family) throws IOException {
        var unknown = Stream.of(family.getPermittedSubclasses())
                .filter(record -> record.getSimpleName().equals("Unrecognized"))
                .findFirst()
                .orElseThrow();

        var event = (Event) Contract.MAPPER.readValue(
                "{\"type\": \"dev.longshore.news.v9\", \"project\": \"shop\", \"other\": [1]}", unknown);

        assertThat(event.type()).isEqualTo("dev.longshore.news.v9");
        assertThat(event.project()).isEqualTo("shop");
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    void ignoresFieldsOfNewerProducers(Path file) throws IOException {
        var envelope = (ObjectNode) Contract.json(file);
        var before = Contract.read(envelope);

        ((ObjectNode) envelope.path("data")).put("addedLater", "something");

        assertThat(Contract.read(envelope)).isEqualTo(before);
    }
}
