package dev.longshore.gateway.snap.domain;

/** Ends one of SNAP's calls with an error in its shape. What it says is shown to the caller. */
public final class SnapException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final SnapCode code;
    private final String details;

    public SnapException(SnapCode code, String error, String details) {
        super(error);
        this.code = code;
        this.details = details;
    }

    public static SnapException invalid(String details) {
        return new SnapException(SnapCode.VALIDATION_ERROR, "The request is not valid", details);
    }

    public SnapCode code() {
        return code;
    }

    public String error() {
        return String.valueOf(getMessage());
    }

    public String details() {
        return details;
    }
}
