package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** deploy/kafka/access allows each service what it does, and nothing else. */
class TopicAccessTest {

    private static final Path EVENTS = Modules.root().resolve("libs/events/src/main/java/dev/longshore/events");
    private static final Pattern OF_TOPIC = Pattern.compile("return Topic\\.([A-Z]+);");
    private static final Pattern RECORD = Pattern.compile("@EventType\\([^)]+\\)\\s+record (\\w+)\\(");
    /** The gateway keeps copies of registries without their credentials: made, and not published. */
    private static final Map<String, String> KEPT = Map.of("gateway", "longshore.config");

    private static final Pattern TOPIC = Pattern.compile("longshore\\.[a-z]+");

    static List<String> services() {
        return Modules.SERVICES;
    }

    @ParameterizedTest
    @MethodSource("services")
    void aServiceMayWriteWhatItsCodePublishes(String service) throws IOException {
        var code = code(service);
        var published = events().entrySet().stream()
                .filter(event -> Pattern.compile("new (\\w+\\.)?" + event.getKey() + "\\(")
                        .matcher(code)
                        .find())
                .map(Map.Entry::getValue)
                .filter(topic -> !topic.equals(KEPT.get(service)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(allowed(service, "write")).isEqualTo(published);
    }

    @ParameterizedTest
    @MethodSource("services")
    void aServiceMayReadWhatItsChannelsDo(String service) throws IOException {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(
                Modules.root().resolve(service).resolve("src/main/resources/application.properties"))) {
            properties.load(reader);
        }
        var read = properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith("mp.messaging.incoming."))
                .filter(name -> name.endsWith(".topics") || name.endsWith(".topic"))
                .filter(name -> !name.endsWith("dead-letter-queue.topic"))
                .flatMap(name -> Arrays.stream(properties.getProperty(name).split(",")))
                .filter(topic -> TOPIC.matcher(topic).matches())
                .collect(Collectors.toCollection(TreeSet::new));
        var both = new TreeSet<>(allowed(service, "read"));
        both.addAll(allowed(service, "watch"));

        assertThat(both).isEqualTo(read);
        assertThat(allowed(service, "watch")).isSubsetOf("longshore.progress");
    }

    /** Topics by the events that are published on them. */
    private static Map<String, String> events() throws IOException {
        var events = new HashMap<String, String>();
        try (var files = Files.newDirectoryStream(EVENTS, "*Event.java")) {
            for (var file : files) {
                var code = Files.readString(file);
                var topic = OF_TOPIC.matcher(code);
                if (topic.find()) {
                    RECORD.matcher(code)
                            .results()
                            .forEach(event -> events.put(
                                    event.group(1),
                                    "longshore." + topic.group(1).toLowerCase(Locale.ROOT)));
                }
            }
        }
        assertThat(events).hasSizeGreaterThan(15);
        return events;
    }

    private static Set<String> allowed(String service, String may) throws IOException {
        return Files.readAllLines(Modules.root().resolve("deploy/kafka/access")).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.split("\\s+"))
                .filter(words -> words[0].equals(service) && words[1].equals(may))
                .map(words -> words[2])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String code(String service) throws IOException {
        try (var files = Files.walk(Modules.root().resolve(service).resolve("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(TopicAccessTest::read)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
