package dev.longshore.local.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Remembers a process beyond the life of this JVM: its number, when it began (numbers are given out again), and a
 * fingerprint of what it was started with.
 */
public record PidFile(Path file) {

    /** The kernel counts from the boot, whose time moves a little with the clock. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(3);

    /** File and fingerprint, then the command. */
    private static final String WRITE_AND_BECOME = """
            file=$1 fingerprint=$2
            shift 2
            (umask 077 && printf '%s %s000 %s\\n' "$$" "$(date +%s)" "$fingerprint" > "$file.$$" && mv "$file.$$" "$file") &&
                exec "$@"
            """;

    private record Entry(long pid, Instant begun, String fingerprint) {}

    /**
     * The command for a process that writes this file and becomes what is asked for. Were the file written by who starts
     * it, one who is killed in between would leave a process that nobody finds, and that keeps its port.
     */
    public List<String> writtenBy(List<String> command, String fingerprint) {
        var whole = new ArrayList<>(List.of("/bin/sh", "-c", WRITE_AND_BECOME, "sh", file.toString(), fingerprint));
        whole.addAll(command);
        return whole;
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
