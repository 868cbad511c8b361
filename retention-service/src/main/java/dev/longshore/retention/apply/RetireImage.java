package dev.longshore.retention.apply;

import dev.longshore.events.ErrorCode;
import dev.longshore.oci.client.FetchedManifest;
import dev.longshore.retention.domain.Decision;
import dev.longshore.retention.plan.RetentionConfig;
import dev.longshore.retention.postgres.Registries;
import dev.longshore.tasks.ClaimedTask;
import dev.longshore.tasks.GivenUp;
import dev.longshore.tasks.Lease;
import dev.longshore.tasks.TaskHandler;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Does one deletion of a plan, if registry, inventory and policy still agree that it may go. */
@ApplicationScoped
class RetireImage implements TaskHandler {

    private final Retirements retirements;
    private final ReadAgain readAgain;
    private final Rechecks rechecks;
    private final Removals removals;
    private final RetireOutcomes outcomes;
    private final RetentionConfig config;

    RetireImage(
            Retirements retirements,
            ReadAgain readAgain,
            Rechecks rechecks,
            Removals removals,
            RetireOutcomes outcomes,
            RetentionConfig config) {
        this.retirements = retirements;
        this.readAgain = readAgain;
        this.rechecks = rechecks;
        this.removals = removals;
        this.outcomes = outcomes;
        this.config = config;
    }

    @Override
    public String kind() {
        return RetireTask.KIND;
    }

    @Override
    public int concurrency() {
        return config.deletes();
    }

    @Override
    public Uni<Void> run(ClaimedTask task, Lease lease) {
        return retirements
                .begin(task, lease)
                .chain(this::retire)
                .onFailure()
                .transform(failure -> RetireFailures.toTaskFailure(failure, task.attempt()));
    }

    @Override
    public Uni<Void> givenUp(Mutiny.Session session, ClaimedTask task, GivenUp why) {
        return outcomes.failed(session, task, why);
    }

    private Uni<Void> retire(Retirement retirement) {
        if (!retirement.planned().isOpen()) {
            return Uni.createFrom().voidItem();
        }
        if (Registries.isObserved(retirement.registry())) {
            return outcomes.kept(retirement, ErrorCode.OBSERVE_MODE.code(), "the registry is in observe mode");
        }
        return readAgain.read(retirement).chain(found -> switch (found) {
            // An earlier attempt was cut off after its delete.
            case Found.Gone _ when retirement.isRecorded() -> outcomes.deleted(retirement);
            case Found.Gone _ -> outcomes.gone(retirement);
            case Found.Changed changed -> outcomes.kept(retirement, Found.CHANGED, changed.reason());
            case Found.There there -> recheck(retirement, there.manifest());
        });
    }

    private Uni<Void> recheck(Retirement retirement, FetchedManifest manifest) {
        return rechecks.decide(retirement).chain(decision -> switch (decision) {
            case Decision.Keep keep -> outcomes.kept(retirement, keep.reasons());
            case Decision.Delete delete ->
                removals.remove(retirement, delete, manifest).chain(() -> outcomes.deleted(retirement));
        });
    }
}
