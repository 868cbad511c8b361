package dev.longshore.kit.outbox;

import dev.longshore.kit.trace.TraceParent;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.TracingMetadata;
import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Puts outbox rows on their topics, each in the trace that it was written in. */
@ApplicationScoped
class OutboxPublisher {

    private final MutinyEmitter<Record<String, String>> emitter;

    OutboxPublisher(
            @Channel("outbox") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 4096)
                    MutinyEmitter<Record<String, String>> emitter) {
        this.emitter = emitter;
    }

    /** Emits once the broker has acknowledged. */
    Uni<Void> publish(OutboxRow row) {
        var headers = new RecordHeaders();
        row.headers().forEach((name, value) -> {
            if (!name.equals("traceparent")) {
                headers.add(name, value.getBytes(StandardCharsets.UTF_8));
            }
        });
        var metadata = Metadata.of(
                OutgoingKafkaRecordMetadata.<String>builder()
                        .withTopic(row.topic())
                        .withHeaders(headers)
                        .build(),
                TracingMetadata.withCurrent(TraceParent.context(row.headers().get("traceparent"))));
        return emitter.sendMessage(Message.of(Record.of(row.key(), row.payload()), metadata));
    }
}
