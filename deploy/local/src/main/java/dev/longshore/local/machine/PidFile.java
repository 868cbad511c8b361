package dev.longshore.local.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Remembers a process beyond the life of this JVM: its number, when it began (numbers are given out again), and a
 * fingerprint of what it was started with.
 */
public record PidFile(Path file) {

    /** The kernel counts from the boot, whose time moves a little with the clock. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(3);

    private record Entry(long pid, Instant begun, String fingerprint) {}

    public void write(ProcessHandle process, String fingerprint) throws IOException {
        var begun = begun(process).orElse(Instant.EPOCH);
        PrivateFiles.write(
                file,
                "%d %d %s%n"
                        .formatted(process.pid(), begun.toEpochMilli(), fingerprint)
                        .getBytes(StandardCharsets.US_ASCII));
    }

    public void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    /** The process, if it still runs. */
    public Optional<ProcessHandle> running() throws IOException {
        return entry().flatMap(entry -> ProcessHandle.of(entry.pid)
                .filter(Processes::isRunning)
                .filter(process -> begun(process)
                        .map(begun -> Duration.between(begun, entry.begun).abs().compareTo(CLOCK_TOLERANCE) < 0)
                        .orElse(false)));
    }

    public boolean hasFingerprint(String fingerprint) throws IOException {
        return entry().map(entry -> entry.fingerprint.equals(fingerprint)).orElse(false);
    }

    private Optional<Entry> entry() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var words = Files.readString(file).strip().split(" ", -1);
        if (words.length != 3) {
            return Optional.empty();
        }
        return Optional.of(
                new Entry(Long.parseLong(words[0]), Instant.ofEpochMilli(Long.parseLong(words[1])), words[2]));
    }

    private static Optional<Instant> begun(ProcessHandle process) {
        return process.info().startInstant();
    }
}
