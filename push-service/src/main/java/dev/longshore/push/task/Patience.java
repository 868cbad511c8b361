package dev.longshore.push.task;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.secrets.SecretException;
import dev.longshore.oci.InvalidManifestException;
import dev.longshore.oci.client.http.RegistryException;
import dev.longshore.oci.client.http.RegistryException.DigestMismatch;
import dev.longshore.oci.client.http.RegistryException.ForbiddenAddress;
import dev.longshore.oci.client.http.RegistryException.InvalidAnswer;
import dev.longshore.oci.client.http.RegistryException.Rejected;
import dev.longshore.oci.client.http.RegistryException.TooLarge;
import dev.longshore.oci.client.http.RegistryException.Unavailable;
import dev.longshore.push.registry.MovedMeanwhileException;
import dev.longshore.tasks.TaskFailure;
import dev.longshore.tasks.TaskFailure.GiveUp;
import dev.longshore.tasks.TaskFailure.RetryLater;
import java.time.Duration;

/** What is done about a registry that did not answer as it should: how long to wait, and when to stop. */
final class Patience {

    /** With the pauses below: an hour and a quarter. */
    static final int ATTEMPTS = 24;

    /** With pauses of one minute, doubled: an hour and three minutes. */
    private static final int ATTEMPTS_WITHOUT_ACCESS = 7;

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration WITHOUT_ACCESS = Duration.ofMinutes(1);

    private Patience() {}

    /** The failure as the runner of tasks understands it; what is none of the registry's doing stays as it is. */
    static Throwable with(Throwable failure, int attempt) {
        return switch (failure) {
            case RegistryException registry -> with(registry, attempt);
            case InvalidManifestException invalid -> new GiveUp("invalid-manifest", message(invalid));
            case MovedMeanwhileException moved ->
                new RetryLater(ErrorCode.REGISTRY_REJECTED.code(), message(moved), pause(attempt));
            case SecretException secret -> withoutAccess("secret-not-readable", message(secret), attempt);
            default -> failure;
        };
    }

    private static TaskFailure with(RegistryException failure, int attempt) {
        var reason = message(failure);
        return switch (failure) {
            case Unavailable busy ->
                new RetryLater(
                        ErrorCode.REGISTRY_UNREACHABLE.code(), reason, longer(busy.retryAfter(), pause(attempt)));
            case InvalidAnswer _ -> new RetryLater(ErrorCode.NOT_A_REGISTRY.code(), reason, pause(attempt));
            case Rejected rejected
            when rejected.isUnauthorized() || rejected.isDenied() ->
                withoutAccess(ErrorCode.REGISTRY_REJECTED.code(), reason, attempt);
            case Rejected _ -> new GiveUp(ErrorCode.REGISTRY_REJECTED.code(), reason);
            case DigestMismatch _ -> new GiveUp(ErrorCode.DIGEST_MISMATCH.code(), reason);
            case TooLarge _ -> new GiveUp(ErrorCode.TOO_LARGE.code(), reason);
            case ForbiddenAddress _ -> new GiveUp(ErrorCode.FORBIDDEN_ADDRESS.code(), reason);
        };
    }

    /** People have to do something: often asking would only lock the account. */
    private static TaskFailure withoutAccess(String code, String reason, int attempt) {
        return attempt >= ATTEMPTS_WITHOUT_ACCESS
                ? new GiveUp(code, reason)
                : new RetryLater(code, reason, WITHOUT_ACCESS.multipliedBy(1L << (attempt - 1)));
    }

    static Duration pause(int attempt) {
        var doubled = SHORTEST.multipliedBy(1L << Math.min(attempt - 1, 10));
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
