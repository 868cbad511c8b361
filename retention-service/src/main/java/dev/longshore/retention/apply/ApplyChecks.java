package dev.longshore.retention.apply;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.events.ErrorCode;
import dev.longshore.kit.change.Freezes;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.oci.client.http.RegistryException;
import dev.longshore.retention.postgres.Deletions;
import dev.longshore.retention.postgres.Plan;
import dev.longshore.retention.postgres.Registries;
import dev.longshore.retention.registry.DeleteSupport;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Why a plan is not applied: all that can be known is said before anything is tried. */
@ApplicationScoped
public class ApplyChecks {

    private final Mutiny.SessionFactory sessions;
    private final PlanCurrency currency;
    private final Deletions deletions;
    private final Registries registries;
    private final Freezes freezes;
    private final DeleteSupport support;

    ApplyChecks(
            Mutiny.SessionFactory sessions,
            PlanCurrency currency,
            Deletions deletions,
            Registries registries,
            Freezes freezes,
            DeleteSupport support) {
        this.sessions = sessions;
        this.currency = currency;
        this.deletions = deletions;
        this.registries = registries;
        this.freezes = freezes;
        this.support = support;
    }

    private record Place(RegistryConfigured registry, String repository, String project) {}

    /** Fails with the problem that the caller is told. */
    public Uni<Void> check(Plan plan) {
        return currency.check(plan)
                .chain(() -> sessions.withSession(session -> places(session, plan)))
                .call(places -> each(places, place -> checkChangeable(plan, place)))
                .call(places -> each(places, this::checkDeletes))
                .replaceWithVoid();
    }

    private Uni<List<Place>> places(Mutiny.Session session, Plan plan) {
        return deletions
                .places(session, plan.id())
                .chain(found -> Multi.createFrom()
                        .iterable(found)
                        .onItem()
                        .transformToUniAndConcatenate(place -> place(session, place.registry(), place.repository()))
                        .collect()
                        .asList());
    }

    private Uni<Place> place(Mutiny.Session session, String name, String repository) {
        return registries
                .find(session, name)
                .map(found -> found.orElseThrow(() -> noSuch(name)))
                .chain(registry -> registries
                        .owners(session, registry)
                        .map(owners -> new Place(registry, repository, owners.projectOf(repository))));
    }

    private Uni<Void> checkChangeable(Plan plan, Place place) {
        if (Registries.isObserved(place.registry())) {
            throw new ProblemException(
                    ErrorCode.OBSERVE_MODE,
                    "The registry '%s' is in observe mode: nothing is deleted there"
                            .formatted(place.registry().name()));
        }
        if (!place.project().equals(plan.project())) {
            throw new ProblemException(
                    ErrorCode.PLAN_OUTDATED,
                    "The repository '%s/%s' belongs to another project than the policy by now"
                            .formatted(place.registry().name(), place.repository()));
        }
        return freezes.check(place.registry().name(), plan.project());
    }

    private Uni<Void> checkDeletes(Place place) {
        return support.ofManifests(place.registry(), place.repository())
                .invoke(deletes -> {
                    if (deletes.isRefused()) {
                        throw new ProblemException(
                                ErrorCode.DELETES_UNSUPPORTED,
                                "The registry '%s' does not delete. %s"
                                        .formatted(place.registry().name(), deletes.reason()));
                    }
                })
                .onFailure(RegistryException.class)
                .transform(failure -> new ProblemException(
                        ErrorCode.REGISTRY_UNREACHABLE,
                        "The registry '%s' could not be asked whether it deletes. %s"
                                .formatted(place.registry().name(), failure.getMessage())))
                .replaceWithVoid();
    }

    private interface Check {
        Uni<Void> of(Place place);
    }

    private static Uni<Void> each(List<Place> places, Check check) {
        return Multi.createFrom()
                .iterable(places)
                .onItem()
                .transformToUniAndConcatenate(check::of)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static ProblemException noSuch(String registry) {
        return new ProblemException(ErrorCode.PLAN_OUTDATED, "There is no registry '%s' any more".formatted(registry));
    }
}
