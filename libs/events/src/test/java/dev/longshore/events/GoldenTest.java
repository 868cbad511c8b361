package dev.longshore.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.longshore.oci.Digest;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Examples of every version ever released. They are append-only: what was once written lies in topics and backups, so
 * the code of today must read it. A new example gets the next number; the digests of all are in SHA256SUMS.
 */
class GoldenTest {

    private static final Path SUMS = Contract.GOLDEN.resolve("SHA256SUMS");
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    static List<Path> goldenFiles() {
        return Contract.goldenFiles();
    }

    @Test
    void existsForEveryType() {
        assertThat(Contract.records().keySet())
                .allSatisfy(
                        type -> assertThat(Contract.goldenFiles(type)).as(type).isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    void isReadAndWrittenAgainWithoutLoss(Path file) throws IOException {
        var envelope = Contract.json(file);

        var event = Contract.read(envelope);
        var written = Contract.MAPPER.readTree(Contract.MAPPER.writeValueAsString(event));

        assertThat(written).isEqualTo(envelope.path("data"));
        assertThat(event.type()).isEqualTo(file.getParent().getFileName().toString());
        assertThat(event.subject()).isEqualTo(envelope.path("subject").asText());
        assertThat(event.project()).isEqualTo(envelope.path("project").asText());
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    void followsItsSchema(Path file) throws IOException {
        var text = Files.readString(file);
        var envelope = Contract.json(file);

        assertThat(schema(Contract.SCHEMAS.resolve("envelope.schema.json")).validate(text, InputFormat.JSON))
                .isEmpty();
        assertThat(schema(Schemas.file(envelope.path("type").asText())).validate(envelope.path("data")))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    void isReadByTheSdkOfCloudEvents(Path file) throws IOException {
        var envelope = Contract.json(file);
        var format = EventFormatProvider.getInstance().resolveFormat(JsonFormat.CONTENT_TYPE);

        var event = format.deserialize(Files.readAllBytes(file));

        assertThat(event.getType()).isEqualTo(envelope.path("type").asText());
        assertThat(event.getSubject()).isEqualTo(envelope.path("subject").asText());
        assertThat(event.getExtension("project"))
                .isEqualTo(envelope.path("project").asText());
        assertThat(json(event.getData().toBytes())).isEqualTo(envelope.path("data"));
    }

    @Test
    void isNeverChanged() throws IOException {
        var recorded = recordedSums();
        for (var file : Contract.goldenFiles()) {
            var name = Contract.GOLDEN.relativize(file).toString();
            var sum = Digest.of(Files.readAllBytes(file)).hex();
            if (Contract.REGENERATE) {
                recorded.putIfAbsent(name, sum);
            }
            assertThat(recorded).as("SHA256SUMS").containsEntry(name, sum);
        }
        if (Contract.REGENERATE) {
            var lines = new StringBuilder();
            recorded.forEach(
                    (name, sum) -> lines.append(sum).append("  ").append(name).append('\n'));
            Contract.write(SUMS, lines.toString());
        }
        assertThat(recorded.keySet())
                .allSatisfy(name -> assertThat(Contract.GOLDEN.resolve(name)).exists());
    }

    private static SortedMap<String, String> recordedSums() {
        var sums = new TreeMap<String, String>();
        Contract.text(SUMS).lines().forEach(line -> sums.put(line.substring(66), line.substring(0, 64)));
        return sums;
    }

    private static JsonSchema schema(Path file) {
        return SCHEMAS.getSchema(Contract.text(file));
    }

    private static JsonNode json(byte[] bytes) throws IOException {
        return Contract.MAPPER.readTree(new String(bytes, UTF_8));
    }
}
