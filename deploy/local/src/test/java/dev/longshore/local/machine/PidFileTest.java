package dev.longshore.local.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

    @TempDir
    Path folder;

    @Test
    void knowsAProcessAgainUntilItEnds() throws Exception {
        // Given
        var file = new PidFile(folder.resolve("x.pid"));
        var process = new ProcessBuilder("sleep", "60").start();
        file.write(process.toHandle(), "f1");

        // Then
        assertThat(file.running()).hasValue(process.toHandle());
        assertThat(file.hasFingerprint("f1")).isTrue();
        assertThat(file.hasFingerprint("f2")).isFalse();

        // When
        Processes.end(process.toHandle(), Duration.ofSeconds(5));

        // Then
        assertThat(file.running()).isEmpty();
    }

    @Test
    void doesNotTakeAStrangerForTheProcessThatHadTheNumberBefore() throws IOException {
        var file = new PidFile(folder.resolve("x.pid"));
        Files.writeString(file.file(), ProcessHandle.current().pid() + " 1000 f1\n");

        assertThat(file.running()).isEmpty();
    }

    @Test
    void takesAnAbsentOrBrokenFileForNoProcess() throws IOException {
        var file = new PidFile(folder.resolve("x.pid"));
        assertThat(file.running()).isEmpty();

        Files.writeString(file.file(), "");
        assertThat(file.running()).isEmpty();
    }
}
