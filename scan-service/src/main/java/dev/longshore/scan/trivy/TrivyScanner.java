package dev.longshore.scan.trivy;

import dev.longshore.scan.domain.FailureCode;
import dev.longshore.scan.domain.ScanFailedException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The scanner. Its calls block and belong on virtual threads; they fail with {@link ScanFailedException}. Nothing of it
 * is needed at start: a missing program or folder is a failure of the scans that need it.
 */
@ApplicationScoped
public class TrivyScanner {

    public static final String NAME = "trivy";

    private record Parts(CacheFolder cache, TrivyDatabase database, Trivy trivy) {}

    /** @param problem why scans fail; empty if they can work */
    public record Status(Optional<String> version, Optional<Instant> databaseUpdatedAt, Optional<String> problem) {}

    private final TrivyConfig config;
    private final TrivyExecutable executable;
    private @Nullable Parts parts;

    TrivyScanner(TrivyConfig config) {
        this.config = config;
        this.executable = new TrivyExecutable(config.executable());
    }

    /** Fetches the image through the pass-through and finds its vulnerabilities. */
    public Scanned scan(ScanTarget target) throws IOException, InterruptedException {
        return parts().trivy().scan(target);
    }

    /** The components of an image that was scanned. */
    public Bom list(Scanned scanned) throws IOException, InterruptedException {
        return parts().trivy().list(scanned);
    }

    /** Finds the vulnerabilities of components. */
    public Match match(byte[] bom) throws IOException, InterruptedException {
        return parts().trivy().match(bom);
    }

    /** Looks for a newer vulnerability database; emits when the one was made that is used from now on. */
    public Instant renewDatabase() throws InterruptedException {
        return parts().database().renew();
    }

    public Status status() throws InterruptedException {
        var database = known().flatMap(known -> known.database().updatedAt());
        try {
            var version = executable.find().version().text();
            return new Status(Optional.of(version), database, Optional.empty());
        } catch (ScanFailedException problem) {
            return new Status(Optional.empty(), database, Optional.of(problem.reason()));
        }
    }

    @PreDestroy
    void close() {
        ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().filter(this::isTrivy).isPresent())
                .forEach(ProcessHandle::destroyForcibly);
        known().ifPresent(known -> known.cache().close());
    }

    private boolean isTrivy(String command) {
        return config.executable()
                .map(path -> path.toString().equals(command))
                .orElseGet(() -> command.endsWith("/trivy"));
    }

    private synchronized Optional<Parts> known() {
        return Optional.ofNullable(parts);
    }

    private synchronized Parts parts() {
        var known = parts;
        if (known == null) {
            known = made();
            parts = known;
        }
        return known;
    }

    private Parts made() {
        try {
            var cache = CacheFolder.in(config.cacheFolder());
            var database = new TrivyDatabase(cache, new DatabaseSource(config, executable), Clock.systemUTC());
            return new Parts(cache, database, new Trivy(executable, database, cache, config.timeout()));
        } catch (IOException e) {
            throw new ScanFailedException(
                    FailureCode.DATABASE_UNAVAILABLE,
                    "The folder for Trivy's database cannot be used: " + e.getMessage(),
                    e);
        }
    }
}
