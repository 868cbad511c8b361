package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.events.AuditEvent;
import dev.longshore.events.ConfigEvent;
import dev.longshore.events.DecisionEvent;
import dev.longshore.events.Event;
import dev.longshore.events.ImageEvent;
import dev.longshore.events.InventoryEvent;
import dev.longshore.events.LimitEvent;
import dev.longshore.events.ProgressEvent;
import dev.longshore.events.ReplicationEvent;
import dev.longshore.events.RetentionEvent;
import dev.longshore.events.ScanEvent;
import dev.longshore.events.Topic;
import dev.longshore.events.WebhookEvent;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** deploy/kafka/access allows each service what it does, and nothing else. */
class TopicAccessTest {

    private static final Map<Topic, Class<? extends Event>> FAMILIES = Map.ofEntries(
            Map.entry(Topic.WEBHOOKS, WebhookEvent.class),
            Map.entry(Topic.IMAGES, ImageEvent.class),
            Map.entry(Topic.INVENTORY, InventoryEvent.class),
            Map.entry(Topic.SCANS, ScanEvent.class),
            Map.entry(Topic.DECISIONS, DecisionEvent.class),
            Map.entry(Topic.REPLICATIONS, ReplicationEvent.class),
            Map.entry(Topic.RETENTIONS, RetentionEvent.class),
            Map.entry(Topic.CONFIG, ConfigEvent.class),
            Map.entry(Topic.LIMITS, LimitEvent.class),
            Map.entry(Topic.AUDIT, AuditEvent.class),
            Map.entry(Topic.PROGRESS, ProgressEvent.class));

    private static final Pattern TOPIC = Pattern.compile("longshore\\.[a-z]+");

    static List<String> services() {
        return Modules.SERVICES;
    }

    @ParameterizedTest
    @MethodSource("services")
    void aServiceMayWriteWhatItsCodePublishes(String service) throws IOException {
        var code = code(service);
        var published = FAMILIES.entrySet().stream()
                .filter(family -> isMade(family.getValue(), code))
                .map(family -> family.getKey().topicName())
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
        assertThat(allowed(service, "watch")).isSubsetOf(Topic.PROGRESS.topicName());
    }

    private static boolean isMade(Class<? extends Event> family, String code) {
        return Stream.of(family.getPermittedSubclasses())
                .anyMatch(event -> Pattern.compile("new (\\w+\\.)?" + event.getSimpleName() + "\\(")
                        .matcher(code)
                        .find());
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
