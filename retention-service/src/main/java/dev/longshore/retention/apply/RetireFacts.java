package dev.longshore.retention.apply;

import dev.longshore.events.AuditEvent;
import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.events.RetentionEvent;
import dev.longshore.events.RetentionEvent.ImageRetired;
import dev.longshore.events.RetentionEvent.RetentionFailed;
import dev.longshore.kit.trace.TraceParent;
import dev.longshore.retention.plan.RequestPlan;
import dev.longshore.retention.postgres.Plan;
import dev.longshore.retention.postgres.PlannedDeletion;
import dev.longshore.tasks.GivenUp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is told of a deletion. */
final class RetireFacts {

    private static final String BY_SCHEDULE = "schedule";

    private RetireFacts() {}

    static ImageRetired retired(Retirement retirement) {
        var planned = retirement.planned();
        var deletion = planned.deletion();
        return new ImageRetired(
                planned.project(),
                planned.registry(),
                planned.repository(),
                deletion.digest(),
                deletion.tags(),
                deletion.onlyTag() != null,
                planned.plan(),
                retirement.plan().policy(),
                execution(retirement.plan()),
                deletion.reasons().stream()
                        .map(reason -> new RetentionEvent.Reason(reason.code().toString(), reason.text()))
                        .toList(),
                retirement.appliedBy().equals(RequestPlan.SERVICE) ? BY_SCHEDULE : retirement.appliedBy(),
                Instant.now());
    }

    static RetentionFailed failed(Plan plan, PlannedDeletion planned, GivenUp why) {
        return new RetentionFailed(
                planned.project(),
                planned.registry(),
                planned.repository(),
                planned.deletion().digest(),
                planned.deletion().tags(),
                plan.id(),
                plan.policy(),
                execution(plan),
                why.code(),
                why.reason(),
                Instant.now());
    }

    static AuditRecorded audit(Retirement retirement) {
        return audit(retirement.planned(), retirement.appliedBy(), null);
    }

    static AuditRecorded audit(PlannedDeletion planned, String actor, @Nullable GivenUp why) {
        return new AuditRecorded(
                planned.project(),
                actor,
                null,
                null,
                "image.deleted",
                planned.reference().toString(),
                why == null ? AuditEvent.Result.SUCCEEDED : AuditEvent.Result.FAILED,
                why == null ? null : why.code() + ": " + why.reason(),
                before(planned),
                null,
                TraceParent.traceId().orElse(null),
                Instant.now());
    }

    private static Map<String, Object> before(PlannedDeletion planned) {
        return Map.of(
                "digest", planned.deletion().digest().toString(),
                "tags", List.copyOf(planned.deletion().tags()),
                "plan", planned.plan());
    }

    private static String execution(Plan plan) {
        return Optional.ofNullable(plan.execution()).orElse("");
    }
}
