package dev.longshore.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is released of the contract: the types in the code, and the files that describe them. */
final class Contract {

    /** With {@code -Dlongshore.regenerate} what is generated is written instead of compared. */
    static final boolean REGENERATE = System.getProperty("longshore.regenerate") != null;

    static final Path SCHEMAS = Path.of("src/main/resources/schemas");
    static final Path ASYNC_API = Path.of("src/main/resources/asyncapi.yaml");
    static final Path GOLDEN = Path.of("src/test/resources/golden");
    static final Path SOURCES = Path.of("src/main/java/dev/longshore/events");

    /** Set up as service-kit's EventCodec is; its own test reads and writes the golden files too. */
    static final JsonMapper MAPPER = JsonMapper.builder()
            .addModules(new JavaTimeModule(), new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private Contract() {}

    static List<Class<?>> families() {
        return Stream.of(Event.class.getPermittedSubclasses())
                .sorted(Comparator.comparing(Class::getSimpleName))
                .<Class<?>>map(family -> family)
                .toList();
    }

    /** All records that travel, by their type. */
    static SortedMap<String, Class<?>> records() {
        var records = new TreeMap<String, Class<?>>();
        for (var family : families()) {
            for (var record : family.getPermittedSubclasses()) {
                if (record.isAnnotationPresent(EventType.class)) {
                    records.put(Event.typeOf(record), record);
                }
            }
        }
        return records;
    }

    static List<Path> goldenFiles(String type) {
        var folder = GOLDEN.resolve(type);
        return Files.isDirectory(folder) ? list(folder) : List.of();
    }

    static List<Path> goldenFiles() {
        return records().keySet().stream()
                .flatMap(type -> goldenFiles(type).stream())
                .toList();
    }

    static List<Path> list(Path folder) {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(Path file) {
        try {
            return MAPPER.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Event read(JsonNode envelope) throws IOException {
        var type = envelope.path("type").asText();
        return (Event) MAPPER.treeToValue(envelope.path("data"), records().get(type));
    }

    /** What the code says of it, which every type on a topic has. */
    static String description(Class<?> type) {
        return Javadoc.of(type)
                .map(Javadoc::text)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new AssertionError(type + " has no Javadoc"));
    }

    /** As the first example of the family says. */
    static Topic topicOf(Class<?> family) {
        var file = records().entrySet().stream()
                .filter(entry -> family.isAssignableFrom(entry.getValue()))
                .flatMap(entry -> goldenFiles(entry.getKey()).stream())
                .findFirst()
                .orElseThrow();
        try {
            return read(json(file)).topic();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Two spaces, Unix line ends, whatever the machine. */
    static String pretty(JsonNode node) throws IOException {
        var indenter = new DefaultIndenter("  ", "\n");
        var separators = Separators.createDefaultInstance().withObjectFieldValueSpacing(Spacing.AFTER);
        var printer = new DefaultPrettyPrinter(separators)
                .withObjectIndenter(indenter)
                .withArrayIndenter(indenter);
        return MAPPER.writer(printer).writeValueAsString(node) + "\n";
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
