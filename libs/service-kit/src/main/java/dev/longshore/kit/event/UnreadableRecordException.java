package dev.longshore.kit.event;

import org.jspecify.annotations.Nullable;

/** The record is no event of its topic; trying again will not help. */
public final class UnreadableRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnreadableRecordException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
