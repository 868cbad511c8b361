package dev.longshore.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.events.Fields.Field;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@code docs/events} has a page per topic, written from the records, their schemas and the golden files. */
class PageTest {

    private static final Path PAGES = Path.of("../../docs/events");

    private final Schemas schemas = new Schemas();

    @TestFactory
    Stream<DynamicTest> saysWhatTheCodeSays() {
        return Contract.families().stream()
                .map(family -> DynamicTest.dynamicTest(family.getSimpleName(), () -> compare(family)));
    }

    @Test
    void isFoundFromTheOverview() {
        var overview = Contract.text(PAGES.resolve("README.md"));

        for (var topic : Topic.values()) {
            assertThat(overview).contains("`" + topic.topicName() + "`");
        }
        assertThat(Contract.families())
                .allSatisfy(family -> assertThat(overview).contains("(" + pageName(family) + ")"));
        assertThat(Contract.records().keySet())
                .allSatisfy(type -> assertThat(overview).contains("`" + type + "`"));
    }

    private void compare(Class<?> family) throws IOException {
        var file = PAGES.resolve(pageName(family));
        var page = page(family);
        if (Contract.REGENERATE) {
            Contract.write(file, page);
        }

        assertThat(Contract.text(file))
                .as("%s is out of date; run with -Dlongshore.regenerate", file)
                .isEqualTo(page);
    }

    private String page(Class<?> family) throws IOException {
        var topic = Contract.topicOf(family);
        var page = new StringBuilder(
                """
                <!-- Written by PageTest in libs/events: change the records, then ./mvnw -pl libs/events test -Dlongshore.regenerate -->
                # %s

                %s

                %d partitions; %s.
                """.formatted(topic.topicName(), Contract.description(family), topic.partitions(), kept(topic)));
        for (var record : Contract.records().values()) {
            if (family.isAssignableFrom(record)) {
                page.append(section(record));
            }
        }
        return page.toString();
    }

    private String section(Class<?> record) throws IOException {
        var type = Event.typeOf(record);
        var rows = Fields.of(schemas.of(record)).stream().map(PageTest::row).collect(Collectors.joining("\n"));
        return """

                ## %s

                %s [Schema](../../libs/events/src/main/resources/schemas/%s.schema.json)

                | field | type | | |
                |---|---|---|---|
                %s

                ```json
                %s
                ```
                """.formatted(
                        type,
                        Contract.description(record),
                        type,
                        rows,
                        Contract.text(Contract.goldenFiles(type).getFirst()).strip());
    }

    private static String row(Field field) {
        return "| `%s` | %s | %s | %s |"
                .formatted(
                        field.path(),
                        field.type(),
                        field.isRequired() ? "" : "optional",
                        field.meaning().replace("|", "\\|"));
    }

    private static String kept(Topic topic) {
        return topic.isCompacted()
                ? "compacted: the last record of each key is kept, a record without value removes the key"
                : "kept for " + (topic == Topic.PROGRESS ? "1 hour" : retentionDays(topic) + " days");
    }

    private static long retentionDays(Topic topic) {
        return Long.parseLong(topic.settings().get("retention.ms")) / 86_400_000;
    }

    private static String pageName(Class<?> family) {
        return Contract.topicOf(family).topicName().replaceFirst("longshore\\.", "") + ".md";
    }
}
