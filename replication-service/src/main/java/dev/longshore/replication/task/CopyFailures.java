package dev.longshore.replication.task;

import dev.longshore.events.ErrorCode;
import dev.longshore.oci.InvalidManifestException;
import dev.longshore.oci.client.http.RegistryException;
import dev.longshore.replication.copy.IncompleteSourceException;
import dev.longshore.replication.copy.NotVerifiedException;
import dev.longshore.tasks.TaskFailure.GiveUp;
import dev.longshore.tasks.TaskFailure.RetryLater;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** What a failure of a copy means for its task: try again, and when, or not. */
final class CopyFailures {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private CopyFailures() {}

    static Throwable toTaskFailure(Throwable failure, int attempt) {
        return switch (failure) {
            case RegistryException registry -> of(registry, attempt);
            case IncompleteSourceException missing -> new GiveUp(ErrorCode.SOURCE_INCOMPLETE.code(), text(missing));
            case InvalidManifestException invalid -> new GiveUp(ErrorCode.SOURCE_INCOMPLETE.code(), text(invalid));
            case NotVerifiedException other -> new GiveUp(ErrorCode.DIGEST_MISMATCH.code(), text(other));
            default -> failure;
        };
    }

    private static Throwable of(RegistryException failure, int attempt) {
        return switch (failure) {
            case RegistryException.Unavailable away -> {
                var code = away.isThrottled() ? ErrorCode.TOO_MANY_REQUESTS : ErrorCode.REGISTRY_UNREACHABLE;
                yield new RetryLater(code.code(), text(away), longer(away.retryAfter(), pause(attempt)));
            }
            // A proxy before a registry that is being restarted answers HTML for a while.
            case RegistryException.InvalidAnswer invalid ->
                new RetryLater(ErrorCode.NOT_A_REGISTRY.code(), text(invalid), pause(attempt));
            case RegistryException.DigestMismatch mismatch ->
                new GiveUp(ErrorCode.DIGEST_MISMATCH.code(), text(mismatch));
            case RegistryException.TooLarge large -> new GiveUp(ErrorCode.TOO_LARGE.code(), text(large));
            case RegistryException.ForbiddenAddress forbidden ->
                new GiveUp(ErrorCode.FORBIDDEN_ADDRESS.code(), text(forbidden));
            case RegistryException.Rejected rejected -> new GiveUp(ErrorCode.REGISTRY_REJECTED.code(), text(rejected));
        };
    }

    /** Doubled with each attempt, with jitter, so that what failed together does not come back together. */
    private static Duration pause(int attempt) {
        var doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 10));
        var bounded = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        return bounded.plusMillis(ThreadLocalRandom.current().nextLong(bounded.toMillis() / 2 + 1));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static String text(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
