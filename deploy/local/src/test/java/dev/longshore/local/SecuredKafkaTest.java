package dev.longshore.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.local.machine.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What deploy/kafka/acls allows, at a real broker that asks who is there. */
class SecuredKafkaTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> PRINCIPALS = List.of("admin", "gateway", "push-service", "scan-service");

    @TempDir
    static Path folder;

    private static EmbeddedKafka broker;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        port = Ports.free();
        var users = new StringBuilder("org.apache.kafka.common.security.plain.PlainLoginModule required");
        users.append(" username=\"admin\" password=\"admin\"");
        PRINCIPALS.forEach(name -> users.append(" user_%s=\"%s\"".formatted(name, name)));
        broker = new EmbeddedKafka(
                folder.resolve("kafka"),
                port,
                Ports.free(),
                Map.of(
                        "listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                        "inter.broker.listener.name", "PLAINTEXT",
                        "sasl.enabled.mechanisms", "PLAIN",
                        "sasl.mechanism.inter.broker.protocol", "PLAIN",
                        "listener.name.plaintext.plain.sasl.jaas.config", users + ";",
                        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                        "allow.everyone.if.no.acl.found", "false",
                        "super.users", "User:admin;User:ANONYMOUS"));
        broker.start();
        try (var admin = Admin.create(settings("admin"))) {
            admin.createTopics(List.of(
                            new NewTopic("longshore.images", 1, (short) 1),
                            new NewTopic("longshore.scans", 1, (short) 1),
                            new NewTopic("longshore.webhooks", 1, (short) 1),
                            new NewTopic("longshore.webhooks.push-service.dlq", 1, (short) 1)))
                    .all()
                    .get();
        }
        apply();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void allowsEachServiceItsOwnTopicsAndNoOthers() throws Exception {
        send("push-service", "longshore.images");
        send("push-service", "longshore.webhooks.push-service.dlq");
        send("gateway", "longshore.webhooks");
        assertRefused(() -> send("scan-service", "longshore.images"));
        assertRefused(() -> send("push-service", "longshore.scans"));
        assertRefused(() -> send("push-service", "longshore.webhooks"));

        assertThat(read("push-service", "push-service", "longshore.webhooks")).isEqualTo(1);
        assertThat(read("gateway", "gateway", "longshore.webhooks.push-service.dlq"))
                .isEqualTo(1);
        assertThatThrownBy(() -> read("scan-service", "scan-service", "longshore.webhooks"))
                .isInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> read("scan-service", "push-service", "longshore.images"))
                .isInstanceOfAny(TopicAuthorizationException.class, GroupAuthorizationException.class);
    }

    @Test
    void theBrokerKnowsWhatIsPrintedAndNoMore() throws Exception {
        try (var admin = Admin.create(settings("admin"))) {
            var known = admin.describeAcls(AclBindingFilter.ANY).values().get();

            assertThat(known).hasSizeGreaterThan(100).allSatisfy(each -> {
                assertThat(each.entry().permissionType()).isEqualTo(AclPermissionType.ALLOW);
                assertThat(each.entry().host()).isEqualTo("*");
            });
            assertThat(known.stream().map(SecuredKafkaTest::line)).containsExactlyInAnyOrderElementsOf(printed());
        }
    }

    @Test
    void letsAServiceMakeWhatIsMissingAndLookAtAll() throws Exception {
        try (var admin = Admin.create(settings("scan-service"))) {
            admin.createTopics(List.of(new NewTopic("longshore.decisions", 1, (short) 1)))
                    .all()
                    .get();
            assertThat(admin.listTopics().names().get()).contains("longshore.images", "longshore.decisions");
            assertThatThrownBy(() -> admin.createTopics(List.of(new NewTopic("others.topic", 1, (short) 1)))
                            .all()
                            .get())
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
            assertThatThrownBy(() -> admin.deleteTopics(List.of("longshore.images"))
                            .all()
                            .get())
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TopicAuthorizationException.class);
    }

    private void send(String who, String topic) throws Exception {
        try (var producer = new KafkaProducer<>(settings(who), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "key", "value")).get();
        }
    }

    private int read(String who, String group, String topic) {
        var settings = settings(who);
        settings.put("group.id", group);
        settings.put("auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            var end = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < end) {
                var records = consumer.poll(Duration.ofSeconds(1));
                if (!records.isEmpty()) {
                    return records.count();
                }
            }
            return 0;
        }
    }

    private static HashMap<String, Object> settings(String who) {
        return new HashMap<>(Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + port,
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "enable.idempotence",
                "true",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
                        .formatted(who, who)));
    }

    /** The script, and with it the broker's own tool as {@code kafka-acls.sh} starts it. */
    private static void apply() throws IOException, InterruptedException {
        var admin = folder.resolve("admin.properties");
        Files.write(
                admin,
                settings("admin").entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .toList());
        var process = new ProcessBuilder(
                        Path.of("../kafka/acls").toAbsolutePath().normalize().toString(),
                        "apply",
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.apache.kafka.tools.AclCommand",
                        "--bootstrap-server",
                        "127.0.0.1:" + port,
                        "--command-config",
                        admin.toString())
                .redirectErrorStream(true)
                .start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        assertThat(text).contains("Adding ACLs for resource");
    }

    /** {@code User:gateway Write topic LITERAL longshore.webhooks} */
    private static Set<String> printed() throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of("../kafka/acls").toAbsolutePath().normalize().toString(), "print")
                .redirectErrorStream(true)
                .start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text.lines()
                .map(line -> line.split("\t"))
                .flatMap(line -> Stream.of(line[1].split(","))
                        .map(operation -> String.join(" ", line[0], operation, line[2], line[3], line[4])))
                .map(line -> line.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private static String line(AclBinding binding) {
        var resource = binding.pattern();
        return String.join(
                        " ",
                        binding.entry().principal(),
                        binding.entry().operation().name(),
                        resource.resourceType().name(),
                        resource.patternType().name(),
                        resource.name())
                .toLowerCase(Locale.ROOT);
    }
}
