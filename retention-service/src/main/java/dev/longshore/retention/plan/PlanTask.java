package dev.longshore.retention.plan;

/** What a {@code plan-retention} task is to do: evaluate a policy, repository by repository. */
public record PlanTask(String plan) {

    public static final String KIND = "plan-retention";
}
