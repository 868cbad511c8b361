package dev.longshore.replication.plan;

/**
 * What a {@code plan-replication} task is to do: go through all tags that a rule may select.
 *
 * @param verify also those that are remembered as copied
 */
public record PlanTask(String rule, String requestedBy, boolean verify) {

    public static final String KIND = "plan-replication";
}
