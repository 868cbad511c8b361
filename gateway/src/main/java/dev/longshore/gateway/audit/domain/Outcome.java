package dev.longshore.gateway.audit.domain;

/** What the status of an answer says of an operation, in the trail's words. */
public final class Outcome {

    /** In place of a status: the answer was not seen, so that it may have been done or not. */
    public static final int UNSEEN = 0;

    private static final int FIRST_REFUSAL = 400;
    private static final int FIRST_FAILURE = 500;

    private Outcome() {}

    public static String of(int status) {
        if (status == UNSEEN) {
            return "unknown";
        } else if (status < FIRST_REFUSAL) {
            return "succeeded";
        }
        return status < FIRST_FAILURE ? "refused" : "failed";
    }

    /** {@code api.put} for {@code PUT /api/v1/registries/{name}}. */
    public static String action(String operation) {
        var space = operation.indexOf(' ');
        return "api." + (space < 0 ? operation : operation.substring(0, space)).toLowerCase(java.util.Locale.ROOT);
    }

    /** For the entry's {@code detail}. */
    public static String detail(String operation, int status) {
        return operation + (status == UNSEEN ? ": the answer was not seen" : ": " + status);
    }
}
