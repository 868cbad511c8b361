package dev.longshore.oci.client.http;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A registry call failed; the subtype says what the caller may do about it. Messages are whole sentences that begin
 * with "Could not" and hold no secrets.
 */
public abstract sealed class RegistryException extends RuntimeException {

    private final String action;

    private RegistryException(String action, String reason, @Nullable Throwable cause) {
        super("Could not %s: %s".formatted(action, reason), cause);
        this.action = action;
    }

    /** What was being done, as the words after "Could not". */
    public String action() {
        return action;
    }

    /** The registry answered, and asking again will not change the answer. */
    public static final class Rejected extends RegistryException {

        private final int status;
        private final String code;

        public Rejected(String action, int status, String code, String reason) {
            super(action, reason, null);
            this.status = status;
            this.code = code;
        }

        public int status() {
            return status;
        }

        /** The first error code of the specification's error document, such as {@code DENIED}; empty without one. */
        public String code() {
            return code;
        }

        /** The credentials are wrong or missing. */
        public boolean isUnauthorized() {
            return status == 401;
        }

        /** The credentials are right and not enough. */
        public boolean isDenied() {
            return status == 403;
        }

        public boolean isNotFound() {
            return status == 404;
        }

        /** The registry cannot do this, or was told not to: deletes that are switched off, for one. */
        public boolean isUnsupported() {
            return status == 405 || code.equals("UNSUPPORTED");
        }
    }

    /** Busy, throttled or unreachable: worth trying again after {@link #retryAfter()}. */
    public static final class Unavailable extends RegistryException {

        private final Duration retryAfter;
        private final int status;

        public Unavailable(String action, String reason, int status, Duration retryAfter, @Nullable Throwable cause) {
            super(action, reason, cause);
            this.status = status;
            this.retryAfter = retryAfter;
        }

        public Duration retryAfter() {
            return retryAfter;
        }

        /** What the registry answered; empty if it did not, and then nobody knows whether it did what was asked. */
        public Optional<Integer> status() {
            return status == 0 ? Optional.empty() : Optional.of(status);
        }

        public boolean isThrottled() {
            return status == 429;
        }
    }

    /** The bytes received are not the bytes named. Never retried, always alerted on. */
    public static final class DigestMismatch extends RegistryException {

        public DigestMismatch(String action, String expected, String actual) {
            super(action, "the content is %s, not %s".formatted(actual, expected), null);
        }
    }

    /** An answer, or what was to be sent, is larger than the limit for its kind. */
    public static final class TooLarge extends RegistryException {

        public TooLarge(String action, String reason) {
            super(action, reason, null);
        }
    }

    /** The registry, or where it redirects to, is at an address that Longshore must not talk to. */
    public static final class ForbiddenAddress extends RegistryException {

        public ForbiddenAddress(String action, String reason) {
            super(action, reason, null);
        }
    }

    /** What answered does not follow the specification, and is perhaps no registry at all. */
    public static final class InvalidAnswer extends RegistryException {

        public InvalidAnswer(String action, String reason) {
            super(action, reason, null);
        }

        public InvalidAnswer(String action, String reason, Throwable cause) {
            super(action, reason, cause);
        }
    }
}
