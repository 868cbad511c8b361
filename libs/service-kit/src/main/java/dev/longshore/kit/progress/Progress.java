package dev.longshore.kit.progress;

import com.fasterxml.uuid.Generators;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.longshore.events.ProgressEvent.ProgressReported;
import dev.longshore.kit.event.EventCodec;
import dev.longshore.kit.work.Background;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Reports progress directly, without outbox: at most one a second per execution, and any of them may be lost. */
@ApplicationScoped
public class Progress {

    private final MutinyEmitter<Record<String, String>> emitter;
    private final Background background;
    private final String source;
    private final Cache<String, Boolean> recent = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(1))
            .build();

    Progress(
            @Channel("progress-out") @OnOverflow(OnOverflow.Strategy.DROP)
                    MutinyEmitter<Record<String, String>> emitter,
            Background background,
            @ConfigProperty(name = "quarkus.application.name") String source) {
        this.emitter = emitter;
        this.background = background;
        this.source = source;
    }

    /** The end of an execution is always sent; what lies between, once a second. */
    public void report(ProgressReported event) {
        var isEnd = !event.state().equals("running");
        if (isEnd || recent.asMap().putIfAbsent(event.execution(), true) == null) {
            var json = EventCodec.encode(
                    event, Generators.timeBasedEpochGenerator().generate(), source, Instant.now());
            background.start("report progress", () -> emitter.send(Record.of(event.key(), json)));
        }
    }
}
