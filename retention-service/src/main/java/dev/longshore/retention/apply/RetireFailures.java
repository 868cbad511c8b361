package dev.longshore.retention.apply;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.change.FrozenException;
import dev.longshore.oci.client.http.RegistryException;
import dev.longshore.tasks.TaskFailure.GiveUp;
import dev.longshore.tasks.TaskFailure.RetryLater;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** What a failure at a registry means for a deletion: try again, and when, or not. The image stays either way. */
final class RetireFailures {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private RetireFailures() {}

    static Throwable toTaskFailure(Throwable failure, int attempt) {
        return switch (failure) {
            case FrozenException frozen -> new GiveUp(ErrorCode.FROZEN.code(), text(frozen));
            case RegistryException.Unavailable away -> {
                var code = away.isThrottled() ? ErrorCode.TOO_MANY_REQUESTS : ErrorCode.REGISTRY_UNREACHABLE;
                yield new RetryLater(code.code(), text(away), longer(away.retryAfter(), pause(attempt)));
            }
            // A proxy before a registry that is being restarted answers HTML for a while.
            case RegistryException.InvalidAnswer invalid ->
                new RetryLater(ErrorCode.NOT_A_REGISTRY.code(), text(invalid), pause(attempt));
            case RegistryException.Rejected rejected ->
                new GiveUp(
                        (rejected.isUnsupported() ? ErrorCode.DELETES_UNSUPPORTED : ErrorCode.REGISTRY_REJECTED).code(),
                        text(rejected));
            case RegistryException.DigestMismatch mismatch ->
                new GiveUp(ErrorCode.DIGEST_MISMATCH.code(), text(mismatch));
            case RegistryException.TooLarge large -> new GiveUp(ErrorCode.TOO_LARGE.code(), text(large));
            case RegistryException.ForbiddenAddress forbidden ->
                new GiveUp(ErrorCode.FORBIDDEN_ADDRESS.code(), text(forbidden));
            default -> failure;
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
