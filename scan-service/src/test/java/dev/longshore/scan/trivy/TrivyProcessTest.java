package dev.longshore.scan.trivy;

import static dev.longshore.testkit.Eventually.eventuallyTrue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.longshore.scan.domain.FailureCode;
import dev.longshore.scan.domain.ScanFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrivyProcessTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin");

    @TempDir
    Path folder;

    @Test
    void seesOnlyTheEnvironmentThatItIsGiven() throws Exception {
        var log = folder.resolve("log");

        TrivyProcess.run(List.of("/usr/bin/env"), Map.of("TRIVY_USERNAME", "scan"), log, LONG);

        assertThat(log).hasContent("TRIVY_USERNAME=scan");
    }

    @Test
    void endsWhatTakesTooLong() throws Exception {
        var script = script("echo $$ > " + folder.resolve("pid") + "; exec sleep 600");

        assertThatThrownBy(() -> run(script, Duration.ofMillis(500)))
                .isInstanceOf(ScanFailedException.class)
                .extracting(failure -> ((ScanFailedException) failure).code())
                .isEqualTo(FailureCode.SCANNER_TIMED_OUT);
        assertThat(isRunning(Files.readString(folder.resolve("pid")).strip())).isFalse();
    }

    @Test
    void endsWithItsThread() throws Exception {
        // Given
        var pid = folder.resolve("pid");
        var script = script("echo $$ > " + pid + "; exec sleep 600");
        var interrupted = new AtomicBoolean();
        var thread = Thread.ofVirtual().start(() -> {
            try {
                run(script, LONG);
            } catch (InterruptedException _) {
                interrupted.set(true);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        eventuallyTrue(() -> Files.exists(pid) && Files.size(pid) > 0);

        // When
        thread.interrupt();
        thread.join();

        // Then
        assertThat(interrupted).isTrue();
        assertThat(isRunning(Files.readString(pid).strip())).isFalse();
    }

    @Test
    void saysWhatTrivySaidLast() throws Exception {
        var script = script(
                "echo noise; printf '2026-11-21T12:00:00Z\\tFATAL\\tFatal error\\trun error: no such thing\\n'; exit 1");

        assertThatThrownBy(() -> run(script, LONG))
                .asInstanceOf(type(ScanFailedException.class))
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(FailureCode.SCANNER_FAILED);
                    assertThat(failure.reason()).isEqualTo("Trivy exited with 1: run error: no such thing");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "Version: 0.74.0, true",
        "Version: 0.65.0, true",
        "Version: v0.79.9, true",
        "Version: 0.64.1, false",
        "Version: 0.80.0, false",
        "Version: 1.0.0, false",
        "something else, false"
    })
    void supportsTheVersionsWhoseReportsItKnows(String printed, boolean isSupported) {
        assertThat(TrivyVersion.parse(printed).filter(TrivyVersion::isSupported).isPresent())
                .isEqualTo(isSupported);
    }

    @Test
    void findsOutAtEachUseWhetherTrivyIsThere() throws Exception {
        // Given
        var path = folder.resolve("trivy");
        var executable = new TrivyExecutable(Optional.of(path));

        // Then
        assertThatThrownBy(executable::find)
                .asInstanceOf(type(ScanFailedException.class))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.SCANNER_MISSING));
        install(path, "echo Version: 0.50.0", 1);
        assertThatThrownBy(executable::find)
                .asInstanceOf(type(ScanFailedException.class))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.SCANNER_UNSUPPORTED));
        install(path, "echo Version: 0.74.0", 2);
        assertThat(executable.find().version().text()).isEqualTo("0.74.0");
    }

    private static void install(Path path, String body, int second) throws IOException {
        Files.writeString(path, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        Files.setLastModifiedTime(
                path, FileTime.from(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(second)));
    }

    private void run(Path script, Duration limit) throws IOException, InterruptedException {
        TrivyProcess.run(List.of("/bin/sh", script.toString()), ENVIRONMENT, folder.resolve("log"), limit);
    }

    private Path script(String body) throws IOException {
        return Files.writeString(folder.resolve("script.sh"), body);
    }

    private static boolean isRunning(String pid) {
        return ProcessHandle.of(Long.parseLong(pid))
                .filter(ProcessHandle::isAlive)
                .isPresent();
    }
}
