package dev.longshore.replication.copy;

/** What the target has after the copy is not what the source has. */
public final class NotVerifiedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotVerifiedException(String message) {
        super(message);
    }
}
