package dev.longshore.retention.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longshore.retention.postgres.PlanItem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of a tag, or of a manifest without one, and why.
 *
 * @param verdict {@code keep} or {@code delete}
 * @param state of what is to be deleted: {@code planned}, {@code deleted}, {@code kept}, {@code gone} or {@code failed}
 * @param code why it was not deleted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanItemView(
        String reference,
        String digest,
        String verdict,
        List<ReasonView> reasons,
        @Nullable String state,
        @Nullable String code,
        @Nullable String detail) {

    /** @param code stable; {@code text} is for people */
    public record ReasonView(String code, String text) {}

    static PlanItemView from(PlanItem item) {
        return new PlanItemView(
                item.reference().toString(),
                item.digest().toString(),
                item.verdict(),
                item.reasons().stream()
                        .map(reason -> new ReasonView(reason.code().toString(), reason.text()))
                        .toList(),
                item.state(),
                item.outcomeCode(),
                item.outcome());
    }
}
