package dev.longshore.retention.apply;

/** What a {@code retire} task is to do: one deletion of a plan. */
record RetireTask(long deletion, String appliedBy) {

    static final String KIND = "retire";
}
