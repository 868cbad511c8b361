package dev.longshore.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The schemas are generated from the records and committed, so that a change of the contract is seen in review. After a
 * change: {@code ./mvnw -pl libs/events test -Dlongshore.regenerate}, and look at the diff.
 */
class SchemaTest {

    private final Schemas schemas = new Schemas();

    @TestFactory
    Stream<DynamicTest> isWhatTheRecordSays() {
        return Contract.records().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> compare(entry.getKey(), entry.getValue())));
    }

    @Test
    void describesNothingThatDoesNotExist() {
        var known = Stream.concat(
                        Contract.records().keySet().stream().map(type -> type + ".schema.json"),
                        Stream.of("envelope.schema.json"))
                .toList();

        assertThat(Contract.list(Contract.SCHEMAS))
                .extracting(Path::getFileName)
                .extracting(Path::toString)
                .containsExactlyInAnyOrderElementsOf(known);
    }

    private void compare(String type, Class<?> record) throws IOException {
        var generated = Contract.pretty(schemas.of(record));
        if (Contract.REGENERATE) {
            Contract.write(Schemas.file(type), generated);
        }

        assertThat(Contract.text(Schemas.file(type)))
                .as("%s differs from the record; run with -Dlongshore.regenerate and look at the diff", type)
                .isEqualTo(generated);
    }
}
