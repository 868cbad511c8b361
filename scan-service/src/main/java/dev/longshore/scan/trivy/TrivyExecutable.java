package dev.longshore.scan.trivy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.scan.domain.FailureCode;
import dev.longshore.scan.domain.ScanFailedException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the program and asks its version. A program that is missing or of an unsupported version is found out at use and
 * not at start: the rest of the service works without, and whoever installs it need not restart anything.
 */
final class TrivyExecutable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The file that was asked, as it was then. */
    private record Known(Path path, FileTime modified, TrivyVersion version) {}

    private final Optional<Path> configured;
    private volatile @Nullable Known known;

    TrivyExecutable(Optional<Path> configured) {
        this.configured = configured;
    }

    record Program(Path path, TrivyVersion version) {}

    Program find() throws InterruptedException {
        var path = path();
        try {
            var modified = Files.getLastModifiedTime(path);
            var before = known;
            if (before == null
                    || !before.path().equals(path)
                    || !before.modified().equals(modified)) {
                before = new Known(path, modified, ask(path));
                known = before;
            }
            return new Program(path, supported(before));
        } catch (IOException e) {
            throw new ScanFailedException(FailureCode.SCANNER_MISSING, "Trivy cannot be run: " + path, e);
        }
    }

    private Path path() {
        return configured
                .map(Optional::of)
                .orElseGet(TrivyExecutable::onPath)
                .filter(Files::isExecutable)
                .orElseThrow(() -> new ScanFailedException(
                        FailureCode.SCANNER_MISSING,
                        configured
                                .map(path -> "There is no Trivy at " + path)
                                .orElse("There is no trivy on the PATH")));
    }

    private static Optional<Path> onPath() {
        var folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1);
        return Stream.of(folders)
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "trivy"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static TrivyVersion ask(Path path) throws IOException, InterruptedException {
        var output = Files.createTempFile("trivy-version-", ".txt");
        try {
            TrivyProcess.run(List.of(path.toString(), "--version"), Map.of("HOME", "/nonexistent"), output, PATIENCE);
            var printed = Files.readString(output, UTF_8);
            return TrivyVersion.parse(printed)
                    .orElseThrow(() -> new ScanFailedException(
                            FailureCode.SCANNER_UNSUPPORTED, "%s does not say which Trivy it is".formatted(path)));
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static TrivyVersion supported(Known known) {
        if (!known.version().isSupported()) {
            throw new ScanFailedException(
                    FailureCode.SCANNER_UNSUPPORTED,
                    "Trivy %s is not supported; %s are"
                            .formatted(known.version().text(), TrivyVersion.SUPPORTED));
        }
        return known.version();
    }
}
