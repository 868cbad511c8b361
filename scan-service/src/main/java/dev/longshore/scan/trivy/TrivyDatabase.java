package dev.longshore.scan.trivy;

import dev.longshore.scan.domain.FailureCode;
import dev.longshore.scan.domain.ScanFailedException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The databases on this machine. They are brought once, by whoever comes first, and renewed at intervals beside the ones
 * in use; a scan never downloads.
 */
final class TrivyDatabase {

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(10);

    private record Failure(ScanFailedException cause, Instant at) {}

    private final CacheFolder cache;
    private final DatabaseSource source;
    private final Clock clock;
    private final ReentrantLock bringing = new ReentrantLock();
    private final List<DatabaseGeneration> retired = new ArrayList<>();
    private volatile @Nullable DatabaseGeneration current;
    private @Nullable Failure lastFailure;

    TrivyDatabase(CacheFolder cache, DatabaseSource source, Clock clock) {
        this.cache = cache;
        this.source = source;
        this.clock = clock;
    }

    /** The generation stays on disk until {@link DatabaseGeneration#end()}. */
    DatabaseGeneration use() throws InterruptedException {
        bringing.lockInterruptibly();
        try {
            var found = current == null ? first() : current;
            found.begin();
            return found;
        } finally {
            bringing.unlock();
        }
    }

    Optional<Instant> updatedAt() {
        return Optional.ofNullable(current).map(DatabaseGeneration::updatedAt);
    }

    /** Looks for a newer state; the answer is what is current then. */
    Instant renew() throws InterruptedException {
        bringing.lockInterruptibly();
        try {
            var before = current;
            if (before == null) {
                return first().updatedAt();
            }
            var renewed = bring(before);
            removeRetired();
            return renewed.updatedAt();
        } finally {
            bringing.unlock();
        }
    }

    /** Many tasks wait for the first database: one failure is told to all of them. */
    private DatabaseGeneration first() throws InterruptedException {
        var failure = lastFailure;
        if (failure != null && clock.instant().isBefore(failure.at().plus(PAUSE_AFTER_FAILURE))) {
            throw failure.cause();
        }
        try {
            lastFailure = null;
            return bring(null);
        } catch (ScanFailedException cause) {
            lastFailure = new Failure(cause, clock.instant());
            throw cause;
        }
    }

    private DatabaseGeneration bring(@Nullable DatabaseGeneration before) throws InterruptedException {
        return unavailableIfFails(() -> {
            var folder = cache.newFolder("databases-");
            var kept = false;
            try {
                if (before != null && source.isIncremental()) {
                    CacheFolder.copy(before.folder(), folder);
                }
                source.bring(folder);
                var brought = DatabaseGeneration.in(folder);
                if (before != null && before.isSameAs(brought)) {
                    return before;
                }
                kept = true;
                replace(before, brought);
                return brought;
            } finally {
                if (!kept) {
                    CacheFolder.delete(folder);
                }
            }
        });
    }

    private void replace(@Nullable DatabaseGeneration before, DatabaseGeneration brought) {
        current = brought;
        if (before != null) {
            retired.add(before);
        }
    }

    private void removeRetired() throws InterruptedException {
        for (var generation : List.copyOf(retired)) {
            if (!generation.isInUse()) {
                retired.remove(generation);
                unavailableIfFails(() -> CacheFolder.delete(generation.folder()));
            }
        }
    }

    private static <T> T unavailableIfFails(Callable<T> work) throws InterruptedException {
        try {
            return work.call();
        } catch (ScanFailedException | InterruptedException failure) {
            throw failure;
        } catch (IOException failure) {
            throw new ScanFailedException(
                    FailureCode.DATABASE_UNAVAILABLE,
                    "The vulnerability database cannot be used: " + describe(failure),
                    failure);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String describe(IOException failure) {
        return failure instanceof java.nio.file.NoSuchFileException missing
                ? "there is no " + missing.getFile()
                : String.valueOf(failure.getMessage());
    }
}
