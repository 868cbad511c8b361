package dev.longshore.retention.postgres;

import dev.longshore.kit.event.StoredJson;
import dev.longshore.retention.domain.Decision;
import dev.longshore.retention.domain.Evaluation;
import dev.longshore.retention.domain.Item;
import dev.longshore.retention.domain.Verdict;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** What plans say of images: written repository by repository, hundreds of lines at a time, and read in pages. */
@ApplicationScoped
public class PlanContents {

    private static final int BATCH = 500;

    private static final String ADD_ITEMS = """
            insert into plan_item (plan_id, registry, repository, tag, digest, verdict, reasons)
            select :plan, :registry, :repository, i.tag, i.digest, i.verdict, i.reasons
            from rows from (jsonb_to_recordset(cast(cast(:rows as text) as jsonb)) as (tag text, digest text, verdict text, reasons text))
                with ordinality as i(tag, digest, verdict, reasons, position)
            order by i.position""";

    private static final String ADD_DELETIONS = """
            insert into plan_deletion (plan_id, project, registry, repository, digest, only_tag, deletion)
            select :plan, :project, :registry, :repository, i.digest, i.only_tag, i.deletion
            from rows from (jsonb_to_recordset(cast(cast(:rows as text) as jsonb)) as (digest text, only_tag text, deletion text))
                with ordinality as i(digest, only_tag, deletion, position)
            order by i.position""";

    private static final String PAGE = """
            select i.id, i.registry, i.repository, i.tag, i.digest, i.verdict, i.reasons, d.state, d.outcome_code, d.outcome
            from plan_item i left join plan_deletion d on i.verdict = 'delete' and d.plan_id = i.plan_id
                and d.registry = i.registry and d.repository = i.repository and d.digest = i.digest
                and (d.only_tag is null or d.only_tag = i.tag)
            where i.plan_id = :plan and (:verdict = '' or i.verdict = :verdict) and i.id > :after
            order by i.id limit :limit""";

    /** @param deletions how many came to which state */
    public record Counts(
            long repositories, long incomplete, long kept, long deleted, long bytes, Map<String, Long> deletions) {}

    /** One repository as it was looked at; fails if it was looked at for this plan before. */
    public Uni<Void> add(
            Mutiny.Session session, Plan plan, String registry, String repository, Evaluation found, long bytes) {
        var deleted = found.items().stream()
                .filter(item -> item.verdict() == Verdict.DELETE)
                .count();
        return session.createNativeQuery("""
                        insert into plan_repository (plan_id, registry, repository, kept, deleted, bytes, incomplete)
                        values (:plan, :registry, :repository, :kept, :deleted, :bytes, nullif(:incomplete, ''))""")
                .setParameter("plan", plan.id())
                .setParameter("registry", registry)
                .setParameter("repository", repository)
                .setParameter("kept", found.items().size() - deleted)
                .setParameter("deleted", deleted)
                .setParameter("bytes", bytes)
                .setParameter(
                        "incomplete",
                        found.incomplete().map(reason -> reason.text()).orElse(""))
                .executeUpdate()
                .chain(() -> inBatches(
                        found.items().stream().map(PlanContents::row).toList(),
                        rows -> session.createNativeQuery(ADD_ITEMS)
                                .setParameter("plan", plan.id())
                                .setParameter("registry", registry)
                                .setParameter("repository", repository)
                                .setParameter("rows", rows)
                                .executeUpdate()))
                .chain(() -> inBatches(
                        found.deletions().stream().map(PlanContents::row).toList(),
                        rows -> session.createNativeQuery(ADD_DELETIONS)
                                .setParameter("plan", plan.id())
                                .setParameter("project", plan.project())
                                .setParameter("registry", registry)
                                .setParameter("repository", repository)
                                .setParameter("rows", rows)
                                .executeUpdate()));
    }

    /** The last repository of the registry that was looked at for this plan; empty if none was. */
    public Uni<String> lastOf(Mutiny.Session session, String plan, String registry) {
        return session.createNativeQuery("""
                        select coalesce(max(repository collate "C"), '') from plan_repository
                        where plan_id = :plan and registry = :registry""", String.class)
                .setParameter("plan", plan)
                .setParameter("registry", registry)
                .getSingleResult();
    }

    /** @param verdict of those wanted; empty for all */
    public Uni<List<PlanItem>> page(Mutiny.Session session, String plan, String verdict, long after, int limit) {
        return session.createNativeQuery(PAGE, Tuple.class)
                .setParameter("plan", plan)
                .setParameter("verdict", verdict)
                .setParameter("after", after)
                .setParameter("limit", limit)
                .getResultList()
                .map(rows -> rows.stream().map(PlanItem::from).toList());
    }

    public Uni<Counts> counts(Mutiny.Session session, String plan) {
        return session.createNativeQuery("""
                        select count(*) as repositories, count(incomplete) as incomplete, coalesce(sum(kept), 0) as kept,
                               coalesce(sum(deleted), 0) as deleted, coalesce(sum(bytes), 0) as bytes
                        from plan_repository where plan_id = :plan""", Tuple.class)
                .setParameter("plan", plan)
                .getSingleResult()
                .chain(row -> session.createNativeQuery(
                                "select state, count(*) as number from plan_deletion where plan_id = :plan group by state",
                                Tuple.class)
                        .setParameter("plan", plan)
                        .getResultList()
                        .map(states -> counts(row, states)));
    }

    private static Counts counts(Tuple row, List<Tuple> states) {
        var byState = new HashMap<String, Long>();
        states.forEach(state -> byState.put(state.get("state", String.class), number(state, "number")));
        return new Counts(
                number(row, "repositories"),
                number(row, "incomplete"),
                number(row, "kept"),
                number(row, "deleted"),
                number(row, "bytes"),
                Map.copyOf(byState));
    }

    private static long number(Tuple row, String column) {
        return row.get(column, Number.class).longValue();
    }

    private static Map<String, @Nullable String> row(Item item) {
        var row = new HashMap<String, @Nullable String>();
        row.put("tag", item.tag());
        row.put("digest", item.digest().toString());
        row.put("verdict", item.verdict().toString());
        row.put("reasons", StoredJson.write(item.reasons()));
        return row;
    }

    private static Map<String, @Nullable String> row(Decision.Delete decision) {
        var row = new HashMap<String, @Nullable String>();
        row.put("digest", decision.deletion().digest().toString());
        row.put("only_tag", decision.deletion().onlyTag());
        row.put("deletion", StoredJson.write(decision.deletion()));
        return row;
    }

    private interface Insert {
        Uni<Integer> of(String rows);
    }

    private static Uni<Void> inBatches(List<Map<String, @Nullable String>> rows, Insert insert) {
        var batches = new ArrayList<String>();
        for (var from = 0; from < rows.size(); from += BATCH) {
            batches.add(StoredJson.write(rows.subList(from, Math.min(rows.size(), from + BATCH))));
        }
        return Multi.createFrom()
                .iterable(batches)
                .onItem()
                .transformToUniAndConcatenate(insert::of)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
