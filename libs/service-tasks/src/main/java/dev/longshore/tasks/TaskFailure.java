package dev.longshore.tasks;

import java.time.Duration;

/** A task did not succeed. The subtype says what is to be done about it; code and reason are shown to people. */
public abstract sealed class TaskFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    private TaskFailure(String code, String reason) {
        super(reason);
        this.code = code;
    }

    public String code() {
        return code;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }

    /** Worth trying again, not before the time is over. */
    public static final class RetryLater extends TaskFailure {
        private static final long serialVersionUID = 1L;
        private final Duration after;

        public RetryLater(String code, String reason, Duration after) {
            super(code, reason);
            this.after = after;
        }

        public Duration after() {
            return after;
        }
    }

    /** Trying again would not help. */
    public static final class GiveUp extends TaskFailure {
        private static final long serialVersionUID = 1L;

        public GiveUp(String code, String reason) {
            super(code, reason);
        }
    }
}
