package dev.longshore.kit.trace;

import io.opentelemetry.exporter.logging.otlp.internal.traces.OtlpStdoutSpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Writes spans as OTLP JSON lines into a bounded file, where one is configured: for installations without a collector. */
class TraceFileExporter {

    private static final Duration DELAY = Duration.ofMillis(500);

    @Produces
    @Singleton
    SpanProcessor toFile(@ConfigProperty(name = "longshore.traces.file") Optional<Path> file) {
        return file.<SpanProcessor>map(path -> BatchSpanProcessor.builder(OtlpStdoutSpanExporter.builder()
                                .setOutput(new TraceFile(path))
                                .build())
                        .setScheduleDelay(DELAY)
                        .build())
                .orElseGet(SpanProcessor::composite);
    }
}
