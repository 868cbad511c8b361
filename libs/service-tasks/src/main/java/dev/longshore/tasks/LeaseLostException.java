package dev.longshore.tasks;

/** Somebody else may be working on the task by now, or it was stopped: nothing more may be done under this lease. */
public final class LeaseLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeaseLostException(long task) {
        super("Could not go on with task " + task + ": its lease is lost");
    }
}
