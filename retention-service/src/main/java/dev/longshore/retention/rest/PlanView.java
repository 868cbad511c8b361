package dev.longshore.retention.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longshore.retention.postgres.Plan;
import dev.longshore.retention.postgres.PlanContents.Counts;
import dev.longshore.retention.postgres.PlanItem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plan.
 *
 * @param state {@code planning}, {@code planned}, {@code failed}, {@code applying} or {@code applied}
 * @param keep tags, and manifests without one, that stay
 * @param delete those that would go, or went
 * @param incomplete repositories of which not all was known, so that nothing is deleted there
 * @param bytes that the registries' garbage collection would free, at most
 * @param deletions manifests and single tags to be deleted, by what became of them
 * @param execution that applies it
 * @param items absent in lists
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanView(
        String id,
        String project,
        String policy,
        long policyVersion,
        String state,
        String requestedBy,
        long repositories,
        long incomplete,
        long keep,
        long delete,
        long bytes,
        Map<String, Long> deletions,
        @Nullable String execution,
        @Nullable String appliedBy,
        @Nullable String code,
        @Nullable String detail,
        Instant createdAt,
        @Nullable Instant plannedAt,
        @Nullable Instant appliedAt,
        @Nullable List<PlanItemView> items,
        @Nullable String next) {

    static PlanView from(Plan plan, Counts counts, @Nullable List<PlanItem> items, @Nullable String next) {
        return new PlanView(
                plan.id(),
                plan.project(),
                plan.policy(),
                plan.policyVersion(),
                plan.state().toString(),
                plan.requestedBy(),
                counts.repositories(),
                counts.incomplete(),
                counts.kept(),
                counts.deleted(),
                counts.bytes(),
                counts.deletions(),
                plan.execution(),
                plan.appliedBy(),
                plan.errorCode(),
                plan.error(),
                plan.createdAt(),
                plan.plannedAt(),
                plan.appliedAt(),
                items == null ? null : items.stream().map(PlanItemView::from).toList(),
                next);
    }
}
