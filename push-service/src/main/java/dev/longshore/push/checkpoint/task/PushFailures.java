package dev.longshore.push.checkpoint.task;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.change.FrozenException;
import dev.longshore.kit.secrets.SecretException;
import dev.longshore.oci.client.http.RegistryException;
import dev.longshore.oci.client.http.RegistryException.DigestMismatch;
import dev.longshore.oci.client.http.RegistryException.ForbiddenAddress;
import dev.longshore.oci.client.http.RegistryException.InvalidAnswer;
import dev.longshore.oci.client.http.RegistryException.Rejected;
import dev.longshore.oci.client.http.RegistryException.TooLarge;
import dev.longshore.oci.client.http.RegistryException.Unavailable;
import dev.longshore.push.checkpoint.domain.UnusableArchiveException;
import dev.longshore.tasks.TaskFailure.GiveUp;
import dev.longshore.tasks.TaskFailure.RetryLater;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What a failure of a push means for its task: try again, and when, or not. Somebody waits for the answer. */
final class PushFailures {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int INSUFFICIENT_STORAGE = 507;

    /** Distribution answers 500 and names the error of its file system; others speak of a quota. */
    private static final List<String> FULL =
            List.of("no space left", "insufficient storage", "quota", "storage limit", "disk full", "file too large");

    private PushFailures() {}

    static Throwable toTaskFailure(Throwable failure, int attempt) {
        return switch (failure) {
            case UnusableArchiveException archive -> of(archive);
            case RegistryException registry -> of(registry, attempt);
            case FrozenException frozen -> new GiveUp(ErrorCode.FROZEN.code(), text(frozen));
            case SecretException secret -> new GiveUp(ErrorCode.SECRET_REQUIRED.code(), text(secret));
            case NoSuchFileException _ ->
                new GiveUp(ErrorCode.NOT_FOUND.code(), "The archive is no longer there: bring it again");
            default -> failure;
        };
    }

    private static Throwable of(UnusableArchiveException archive) {
        return archive.code() == ErrorCode.CHECKPOINT_BEING_WRITTEN
                ? new RetryLater(archive.code().code(), text(archive), FIRST_PAUSE.multipliedBy(2))
                : new GiveUp(archive.code().code(), text(archive));
    }

    private static Throwable of(RegistryException failure, int attempt) {
        if (isFull(failure)) {
            return new GiveUp(ErrorCode.REGISTRY_FULL.code(), text(failure));
        }
        return switch (failure) {
            case Unavailable away -> {
                var code = away.isThrottled() ? ErrorCode.TOO_MANY_REQUESTS : ErrorCode.REGISTRY_UNREACHABLE;
                yield new RetryLater(code.code(), text(away), longer(away.retryAfter(), pause(attempt)));
            }
            case InvalidAnswer _ -> new RetryLater(ErrorCode.NOT_A_REGISTRY.code(), text(failure), pause(attempt));
            // Not what the registry sent, but what was sent to it: the file is another than was read.
            case DigestMismatch _ ->
                new RetryLater(
                        ErrorCode.CHECKPOINT_BEING_WRITTEN.code(),
                        "The archive was changed after it was read",
                        FIRST_PAUSE.multipliedBy(2));
            case TooLarge _ -> new GiveUp(ErrorCode.TOO_LARGE.code(), text(failure));
            case ForbiddenAddress _ -> new GiveUp(ErrorCode.FORBIDDEN_ADDRESS.code(), text(failure));
            case Rejected rejected
            when rejected.isUnauthorized() || rejected.isDenied() ->
                new GiveUp(ErrorCode.CREDENTIALS_REJECTED.code(), text(failure));
            case Rejected _ -> new GiveUp(ErrorCode.REGISTRY_REJECTED.code(), text(failure));
        };
    }

    private static boolean isFull(RegistryException failure) {
        var status = switch (failure) {
            case Unavailable away -> (int) away.status().orElse(0);
            case Rejected rejected -> rejected.status();
            default -> 0;
        };
        var text = text(failure).toLowerCase(Locale.ROOT);
        return status == INSUFFICIENT_STORAGE || (status >= 400 && FULL.stream().anyMatch(text::contains));
    }

    private static Duration pause(int attempt) {
        var doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 10));
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static String text(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
