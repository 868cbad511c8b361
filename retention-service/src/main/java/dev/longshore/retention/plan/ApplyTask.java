package dev.longshore.retention.plan;

/** What an {@code apply-retention} task is to do: have all that the plan deletes deleted. */
public record ApplyTask(String plan, String appliedBy) {

    public static final String KIND = "apply-retention";
}
