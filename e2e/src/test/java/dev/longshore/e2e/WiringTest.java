package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How the services' channels are wired: what is forgotten here is seen only when something fails. */
class WiringTest {

    private static final Pattern INCOMING = Pattern.compile("mp\\.messaging\\.incoming\\.([a-z-]+)\\.connector");

    static List<String> services() {
        return Modules.SERVICES;
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyChannelSaysWhatBecomesOfWhatCannotBeHandled(String service) throws IOException {
        var properties = properties(service);

        assertThat(channels(properties)).allSatisfy(channel -> {
            var prefix = "mp.messaging.incoming." + channel + ".";
            var strategy = properties.getProperty(prefix + "failure-strategy", "");
            assertThat(strategy).isIn("dead-letter-queue", "ignore");
            if (strategy.equals("dead-letter-queue")) {
                var topic = topic(properties, prefix);
                assertThat(properties.getProperty(prefix + "dead-letter-queue.topic"))
                        .isEqualTo(topic + "." + service + ".dlq");
                assertThat(properties.getProperty(prefix + "topics"))
                        .isEqualTo(topic + "," + topic + "." + service + ".replay");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("services")
    void aServiceIsReadyWhenAllItsProjectionsAre(String service) throws IOException {
        var properties = properties(service);
        var projections = channels(properties).stream()
                .map(channel -> "mp.messaging.incoming." + channel + ".")
                .filter(prefix ->
                        "projection".equals(properties.getProperty(prefix + "consumer-rebalance-listener.name")))
                .map(prefix -> topic(properties, prefix))
                .collect(Collectors.toSet());
        var waitedFor = Arrays.stream(
                        properties.getProperty("longshore.topics.projected", "").split(","))
                .filter(topic -> !topic.isBlank())
                .collect(Collectors.toSet());

        assertThat(waitedFor).isEqualTo(projections);
    }

    private static String topic(Properties properties, String prefix) {
        return properties.getProperty(prefix + "topics", "").split(",")[0];
    }

    private static List<String> channels(Properties properties) {
        return properties.stringPropertyNames().stream()
                .map(INCOMING::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1))
                .sorted()
                .toList();
    }

    private static Properties properties(String service) throws IOException {
        var properties = new Properties();
        var file = Modules.root().resolve(service).resolve("src/main/resources/application.properties");
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }
}
