package dev.longshore.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/** One Kafka broker, its own controller, in this JVM. Topics are made by the services, never by using them. */
final class EmbeddedKafka implements AutoCloseable {

    private static final String LARGEST_RECORD = String.valueOf(4 * 1024 * 1024);

    private final Path folder;
    private final int port;
    private final int controllerPort;
    private final Map<String, String> settings;
    private @Nullable KafkaRaftServer server;

    EmbeddedKafka(Path folder, int port, int controllerPort) {
        this(folder, port, controllerPort, Map.of());
    }

    /** @param settings the broker's, beside or instead of the usual ones */
    EmbeddedKafka(Path folder, int port, int controllerPort, Map<String, String> settings) {
        this.settings = settings;
        this.folder = folder;
        this.port = port;
        this.controllerPort = controllerPort;
    }

    synchronized void start() throws Exception {
        if (server != null) {
            return;
        }
        formatOnce();
        var starting = new KafkaRaftServer(new KafkaConfig(properties()), Time.SYSTEM);
        starting.startup();
        server = starting;
    }

    @Override
    public synchronized void close() {
        if (server == null) {
            return;
        }
        server.shutdown();
        server.awaitShutdown();
        server = null;
    }

    private void formatOnce() throws Exception {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(folder);
        new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(folder.toString())
                .setDirectories(List.of(folder.toString()))
                .setIgnoreFormatted(true)
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run();
    }

    private Properties properties() throws IOException {
        var broker = "PLAINTEXT://127.0.0.1:" + port;
        var properties = new Properties();
        properties.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@127.0.0.1:" + controllerPort,
                "listeners", broker + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners", broker,
                "controller.listener.names", "CONTROLLER",
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs", folder.toRealPath().toString(),
                "auto.create.topics.enable", "false"));
        properties.putAll(Map.of(
                "offsets.topic.num.partitions", "4",
                "offsets.topic.replication.factor", "1",
                // A machine that was off for a fortnight must not forget how far its consumers had come.
                "offsets.retention.minutes", String.valueOf(60 * 24 * 90),
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "group.initial.rebalance.delay.ms", "0",
                // After a kill the broker is let in again when its earlier self's session has run out: 9 s by default.
                "broker.session.timeout.ms", "4000",
                "broker.heartbeat.interval.ms", "500"));
        properties.putAll(Map.of(
                "transaction.state.log.num.partitions",
                "1",
                "transaction.state.log.replication.factor",
                "1",
                "transaction.state.log.min.isr",
                "1",
                "message.max.bytes",
                LARGEST_RECORD,
                "replica.fetch.max.bytes",
                LARGEST_RECORD,
                "num.network.threads",
                "2",
                "num.io.threads",
                "2",
                "num.recovery.threads.per.data.dir",
                "2",
                "log.cleaner.dedupe.buffer.size",
                String.valueOf(8 * 1024 * 1024),
                "log.segment.bytes",
                String.valueOf(64 * 1024 * 1024)));
        properties.putAll(settings);
        return properties;
    }
}
