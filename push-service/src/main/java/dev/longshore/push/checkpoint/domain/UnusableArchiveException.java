package dev.longshore.push.checkpoint.domain;

import dev.longshore.events.ErrorCode;

/** No image can be made of the archive; the message says why, in a sentence for people. */
public final class UnusableArchiveException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    private UnusableArchiveException(ErrorCode code, String reason) {
        super(reason);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    /** Whether it may only be that its writer has not finished. */
    public boolean isIncomplete() {
        return code == ErrorCode.CHECKPOINT_INCOMPLETE;
    }

    public static UnusableArchiveException notACheckpoint(String reason) {
        return new UnusableArchiveException(ErrorCode.NOT_A_CHECKPOINT, reason);
    }

    public static UnusableArchiveException incomplete(String reason) {
        return new UnusableArchiveException(ErrorCode.CHECKPOINT_INCOMPLETE, reason);
    }

    public static UnusableArchiveException beingWritten(String reason) {
        return new UnusableArchiveException(ErrorCode.CHECKPOINT_BEING_WRITTEN, reason);
    }

    public static UnusableArchiveException unsafe(String reason) {
        return new UnusableArchiveException(ErrorCode.CHECKPOINT_UNSAFE, reason);
    }

    public static UnusableArchiveException tooLarge(String reason) {
        return new UnusableArchiveException(ErrorCode.TOO_LARGE, reason);
    }
}
