package dev.longshore.scan.domain;

import org.jspecify.annotations.Nullable;

/** A scan came to no result. The message is a sentence for people and holds no secrets. */
public final class ScanFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final FailureCode code;

    public ScanFailedException(FailureCode code, String reason) {
        this(code, reason, null);
    }

    public ScanFailedException(FailureCode code, String reason, @Nullable Throwable cause) {
        super(reason, cause);
        this.code = code;
    }

    public FailureCode code() {
        return code;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
