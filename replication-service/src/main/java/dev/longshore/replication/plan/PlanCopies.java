package dev.longshore.replication.plan;

import dev.longshore.oci.Digest;
import dev.longshore.oci.ImageReference;
import dev.longshore.replication.copy.CopyConfig;
import dev.longshore.replication.domain.FallbackTag;
import dev.longshore.replication.domain.Planner;
import dev.longshore.replication.domain.ReplicationRule;
import dev.longshore.replication.domain.SourceTag;
import dev.longshore.replication.domain.Verdict;
import dev.longshore.replication.postgres.Candidate;
import dev.longshore.replication.postgres.Candidates;
import dev.longshore.replication.postgres.Inventory;
import dev.longshore.replication.postgres.Rules;
import dev.longshore.replication.postgres.TaskStates;
import dev.longshore.tasks.NewTask;
import dev.longshore.tasks.Tasks;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/** Adds the copies that a change makes necessary, in the transaction that stores the change. */
@ApplicationScoped
public class PlanCopies {

    private final Rules rules;
    private final Candidates candidates;
    private final Inventory inventory;
    private final Tasks tasks;
    private final TaskStates states;
    private final CopyConfig config;

    PlanCopies(
            Rules rules,
            Candidates candidates,
            Inventory inventory,
            Tasks tasks,
            TaskStates states,
            CopyConfig config) {
        this.rules = rules;
        this.candidates = candidates;
        this.inventory = inventory;
        this.tasks = tasks;
        this.states = states;
        this.config = config;
    }

    /** A tag is new or names something else. */
    public Uni<Void> onTag(Mutiny.Session session, String registry, String repository, String tag) {
        var subject = FallbackTag.subject(tag);
        if (subject.isPresent()) {
            return onManifest(session, registry, repository, subject.get());
        }
        var occasion = Occasion.change("%s/%s:%s".formatted(registry, repository, tag));
        return forEachRule(
                session,
                registry,
                repository,
                rule -> candidates
                        .find(session, rule, repository, tag)
                        .map(found -> found.map(List::of).orElse(List.of()))
                        .chain(found -> enqueueAll(session, rule, found, occasion)));
    }

    /** Something was decided about a digest. */
    public Uni<Void> onDecision(Mutiny.Session session, String registry, String repository, Digest digest) {
        return onDigests(session, registry, repository, List.of(digest), digest);
    }

    /** A manifest that says something about another one is there; or the list of those that do. */
    public Uni<Void> onManifest(Mutiny.Session session, String registry, String repository, Digest digest) {
        return inventory
                .concernedBy(session, registry, repository, digest)
                .chain(digests -> onDigests(session, registry, repository, digests, digest));
    }

    private Uni<Void> onDigests(
            Mutiny.Session session, String registry, String repository, Collection<Digest> digests, Digest because) {
        var occasion = Occasion.change("%s/%s@%s".formatted(registry, repository, because));
        return forEachRule(
                session,
                registry,
                repository,
                rule -> candidates
                        .of(session, rule, repository, digests)
                        .chain(found -> enqueueAll(session, rule, found, occasion)));
    }

    /** Plans a batch of what the rule may select; emits the last tag that was looked at, and nothing after the end. */
    public Uni<Optional<SourceTag>> batch(
            Mutiny.Session session, ReplicationRule rule, String afterRepository, String afterTag, Occasion occasion) {
        return candidates
                .page(session, rule, afterRepository, afterTag, config.batch())
                .call(found -> enqueueAll(session, rule, found, occasion))
                .map(found -> found.size() < config.batch()
                        ? Optional.empty()
                        : Optional.of(found.getLast().tag()));
    }

    private Uni<Void> forEachRule(
            Mutiny.Session session, String registry, String repository, Function<ReplicationRule, Uni<Void>> work) {
        return rules.from(session, registry)
                .chain(found -> Multi.createFrom()
                        .iterable(found)
                        .filter(rule -> rule.copiesOnPush() && rule.selects(registry, repository))
                        .onItem()
                        .transformToUniAndConcatenate(work::apply)
                        .collect()
                        .last()
                        .replaceWithVoid());
    }

    private Uni<Void> enqueueAll(
            Mutiny.Session session, ReplicationRule rule, List<Candidate> found, Occasion occasion) {
        return Multi.createFrom()
                .iterable(found)
                .onItem()
                .transformToUniAndConcatenate(candidate -> enqueue(session, rule, candidate, occasion))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> enqueue(Mutiny.Session session, ReplicationRule rule, Candidate candidate, Occasion occasion) {
        return switch (Planner.plan(rule, candidate.tag(), candidate.known())) {
            case Verdict.Copy copy ->
                enqueue(session, rule, task(rule, candidate, copy.target().reference(), occasion), occasion);
            case Verdict.InSync inSync
            when occasion.verify() ->
                enqueue(session, rule, task(rule, candidate, inSync.target().reference(), occasion), occasion);
            case Verdict.InSync _, Verdict.OutOfScope _, Verdict.Waiting _, Verdict.Refused _, Verdict.Observed _ ->
                Uni.createFrom().voidItem();
        };
    }

    private static CopyTask task(ReplicationRule rule, Candidate candidate, ImageReference target, Occasion occasion) {
        return new CopyTask(
                rule.name(), candidate.tag().reference(), target, occasion.requestedBy(), occasion.verify());
    }

    private Uni<Void> enqueue(Mutiny.Session session, ReplicationRule rule, CopyTask copy, Occasion occasion) {
        var key = occasion.naturalKey(copy);
        return states.holdPending(session, CopyTask.KIND, key)
                .chain(pending -> pending
                        ? Uni.createFrom().voidItem()
                        : occasion.execution(session, tasks, rule.project())
                                .chain(execution -> tasks.enqueue(
                                        session,
                                        NewTask.of(CopyTask.KIND, rule.project(), copy)
                                                .withNaturalKey(key)
                                                .withLane(copy.lane())
                                                .withExecution(execution)
                                                .withMaxAttempts(config.attempts())))
                                .replaceWithVoid());
    }
}
