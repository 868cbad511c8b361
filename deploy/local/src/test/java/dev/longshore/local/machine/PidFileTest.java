package dev.longshore.local.machine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

    @TempDir
    Path folder;

    @Test
    void knowsAProcessAgainUntilItEnds() throws Exception {
        // Given
        var file = new PidFile(folder.resolve("x.pid"));
        var process = new ProcessBuilder(file.writtenBy(List.of("sleep", "60"), "f1")).start();
        await().until(() -> file.running().isPresent());

        // Then
        assertThat(file.running()).hasValue(process.toHandle());
        assertThat(Files.getPosixFilePermissions(file.file())).containsExactlyInAnyOrder(OWNER_READ, OWNER_WRITE);
        await().until(() -> process.toHandle().info().command().orElse("").endsWith("sleep"));
        assertThat(file.hasFingerprint("f1")).isTrue();
        assertThat(file.hasFingerprint("f2")).isFalse();

        // When
        Processes.end(process.toHandle(), Duration.ofSeconds(5));

        // Then
        assertThat(file.running()).isEmpty();
    }

    @Test
    void isThereBeforeTheProcessDoesAnything() throws Exception {
        var file = new PidFile(folder.resolve("x.pid"));

        var process =
                new ProcessBuilder(file.writtenBy(List.of("cat", file.file().toString()), "f1")).start();

        assertThat(new String(process.getInputStream().readAllBytes(), US_ASCII))
                .startsWith(process.pid() + " ")
                .endsWith(" f1\n");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void nothingIsStartedThatCannotBeFoundAgain() throws Exception {
        var file = new PidFile(folder.resolve("nowhere/x.pid"));

        var process = new ProcessBuilder(file.writtenBy(List.of("touch", folder + "/done"), "f1")).start();

        assertThat(process.waitFor()).isNotZero();
        assertThat(folder.resolve("done")).doesNotExist();
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
