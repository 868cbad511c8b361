package dev.longshore.oci.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.longshore.testkit.registry.RegistryProcess;
import dev.longshore.testkit.registry.RegistryProcess.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Memory does not grow with blobs: a heap of 64 MiB, direct memory included, is enough for any. */
class LargeBlobTest {

    @Test
    void aBlobOf256MebibytesPassesThroughASmallHeap() throws Exception {
        passes(256);
    }

    @Test
    @Tag("long")
    void aBlobOfOneGibibytePassesThroughASmallHeap() throws Exception {
        passes(1024);
    }

    private static void passes(int mebibytes) throws IOException, InterruptedException {
        assumeTrue(
                RegistryProcess.isAvailable(Kind.DISTRIBUTION_2) && RegistryProcess.isAvailable(Kind.DISTRIBUTION_3));
        try (var source = RegistryProcess.of(Kind.DISTRIBUTION_2).start();
                var target = RegistryProcess.of(Kind.DISTRIBUTION_3).start()) {
            var log = Files.createTempFile("longshore-large-blob-", ".log");
            var process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-XX:MaxDirectMemorySize=64m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            BlobThroughSmallHeap.class.getName(),
                            source.uri().toString(),
                            target.uri().toString(),
                            Integer.toString(mebibytes)))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            var ended = process.waitFor(3, TimeUnit.MINUTES);
            process.destroyForcibly();
            var output = Files.readString(log);
            Files.delete(log);

            assertThat(ended).as(output).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
            assertThat(output).contains("COPIED sha256:");
            assertThat(target.accessLog("PUT", "/v2/large/copy/blobs/uploads/")).hasSize(1);
        }
    }
}
