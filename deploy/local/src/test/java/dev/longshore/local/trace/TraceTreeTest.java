package dev.longshore.local.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceTreeTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @TempDir
    Path folder;

    @Test
    void showsTheSpansOfAllServicesUnderTheOneThatCausedThem() throws IOException {
        // Given
        write("gateway", "a1", "", "POST /webhooks/left", 2, 1_000_000_000, 1_004_000_000, 0);
        write("push-service", "b1", "a1", "longshore.webhooks process", 5, 1_010_000_000, 1_050_000_000, 0);
        write("push-service", "b2", "b1", "GET", 3, 1_020_000_000, 1_030_500_000, 2);
        Files.writeString(folder.resolve("gateway.jsonl"), "{\"resourceSpans\":[{\"resource\":{\"attrib" + TRACE);

        // When
        var lines = new TraceTree(new TraceFiles(folder).spansOf(TRACE)).lines();

        // Then
        assertThat(lines)
                .containsExactly(
                        "  begun ms    took ms",
                        "       0.0        4.0  gateway  POST /webhooks/left (server)",
                        "      10.0       40.0    push-service  longshore.webhooks process (consumer)",
                        "      20.0       10.5      push-service  GET (client) FAILED",
                        "3 spans in 50.0 ms");
    }

    private void write(
            String service, String id, String parent, String name, int kind, long begun, long ended, int status)
            throws IOException {
        var line = """
                {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"%s"}}]},\
                "scopeSpans":[{"scope":{"name":"x"},"spans":[{"traceId":"%s","spanId":"%s","parentSpanId":"%s","name":"%s",\
                "kind":%d,"startTimeUnixNano":"%d","endTimeUnixNano":"%d","status":{"code":%d}}]}]}]}
                """.formatted(service, TRACE, id, parent, name, kind, begun, ended, status);
        Files.writeString(folder.resolve(service + id + ".jsonl"), line);
    }
}
