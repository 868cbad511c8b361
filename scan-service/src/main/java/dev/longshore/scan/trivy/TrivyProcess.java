package dev.longshore.scan.trivy;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.longshore.scan.domain.FailureCode;
import dev.longshore.scan.domain.ScanFailedException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run of the program, from its start to its end. An interrupt ends it: so a lost lease leaves no scanner behind. */
final class TrivyProcess {

    private static final int SHOWN_BYTES = 4096;
    private static final int SHOWN_CHARACTERS = 600;
    private static final Duration LAST_BREATH = Duration.ofSeconds(5);

    private TrivyProcess() {}

    /**
     * @param environment all that it sees of the world: ours holds the passwords of databases
     * @param log where its output goes; a pipe would hang it when full
     */
    static void run(List<String> command, Map<String, String> environment, Path log, Duration limit)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            if (!process.waitFor(limit.toMillis(), MILLISECONDS)) {
                throw new ScanFailedException(
                        FailureCode.SCANNER_TIMED_OUT, "Trivy did not finish within %d s".formatted(limit.toSeconds()));
            }
            if (process.exitValue() != 0) {
                throw new ScanFailedException(
                        FailureCode.SCANNER_FAILED,
                        "Trivy exited with %d: %s".formatted(process.exitValue(), lastWords(log)));
            }
        } finally {
            end(process);
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        var interrupted = Thread.interrupted();
        try {
            // Its files are deleted next: it must be gone, not only going.
            if (!process.waitFor(LAST_BREATH.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("Trivy's process %d does not end".formatted(process.pid()));
            }
        } catch (InterruptedException _) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The line that says FATAL or ERROR, or else the last one. */
    static String lastWords(Path log) throws IOException {
        var text = tail(log);
        var lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        var fatal = lines.stream()
                .filter(line -> line.contains("FATAL") || line.contains("ERROR"))
                .reduce((_, last) -> last);
        var words = fatal.orElseGet(() -> lines.isEmpty() ? "it printed nothing" : lines.getLast())
                .replaceAll("\\p{Cntrl}", " ")
                .replaceFirst("^.*FATAL\\s+(Fatal error)?\\s*", "");
        return words.length() <= SHOWN_CHARACTERS ? words : "…" + words.substring(words.length() - SHOWN_CHARACTERS);
    }

    private static String tail(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - SHOWN_BYTES));
            var bytes = new byte[(int) Math.min(SHOWN_BYTES, file.length())];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
