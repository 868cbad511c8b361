package dev.longshore.registries.deletion;

/**
 * Whether something can be deleted, as far as it can be known without deleting anything.
 *
 * @param reason a sentence for people
 */
public record Deletability(Answer answer, String reason) {

    /** What is known. */
    public enum Answer {
        YES,
        NO,
        /** The registry did not say; only trying would tell. */
        UNKNOWN
    }

    static Deletability yes() {
        return new Deletability(Answer.YES, "The registry deletes");
    }

    static Deletability no(String reason) {
        return new Deletability(Answer.NO, reason);
    }

    static Deletability unknown(String reason) {
        return new Deletability(Answer.UNKNOWN, reason);
    }

    public boolean isRefused() {
        return answer == Answer.NO;
    }
}
