package dev.longshore.benchmarks.suite;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Entries of the trail as a service tells them, with a state before and after of a usual size. */
public final class AuditEvents implements AutoCloseable {

    private static final String EVENT = """
            {"specversion":"1.0","id":"%1$s","source":"/longshore/config-service","type":"dev.longshore.audit.recorded.v1",\
            "subject":"registries/left","time":"%2$s","project":"default","datacontenttype":"application/json","data":\
            {"project":"default","actor":"user-%3$d","address":"192.0.2.7","token":"ses-%1$s:%1$s","action":"registry.replaced",\
            "resource":"registries/left-%3$d","result":"succeeded","before":{"url":"https://registry.example.com:5000",\
            "mode":"enforce","limits":{"concurrency":6}},"after":{"url":"https://registry.example.com:5001","mode":"observe",\
            "limits":{"concurrency":8}},"traceId":"21be0e39f68ea7ed2089a39672d76e4c","occurredAt":"%2$s"}}""";

    private final KafkaProducer<String, String> producer;

    private AuditEvents(KafkaProducer<String, String> producer) {
        this.producer = producer;
    }

    public static AuditEvents to(Suite suite) {
        return new AuditEvents(new KafkaProducer<>(
                Map.of("bootstrap.servers", "127.0.0.1:" + suite.port("kafka"), "acks", "all", "linger.ms", "5"),
                new StringSerializer(),
                new StringSerializer()));
    }

    /** Returns once the broker has them all. */
    public void publish(int count) {
        for (var index = 0; index < count; index++) {
            var text = EVENT.formatted(UUID.randomUUID(), Instant.now(), index % 100);
            var _ = producer.send(new ProducerRecord<>("longshore.audit", "user-" + index % 100, text));
        }
        producer.flush();
    }

    /** Of a timer of the gateway's. */
    public static double meanSeconds(Suite suite, String timer) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%s/q/metrics".formatted(suite.port("gateway"))))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var lines =
                    client.send(request, BodyHandlers.ofString()).body().lines().toList();
            return sum(lines, timer + "_sum") / sum(lines, timer + "_count");
        }
    }

    private static double sum(java.util.List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Override
    public void close() {
        producer.close();
    }
}
