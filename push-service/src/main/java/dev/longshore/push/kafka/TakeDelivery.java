package dev.longshore.push.kafka;

import dev.longshore.events.RepositoryOwners;
import dev.longshore.oci.Reference;
import dev.longshore.push.domain.Heard;
import dev.longshore.push.domain.Hint;
import dev.longshore.push.domain.Pull;
import dev.longshore.push.domain.ResolveRequest;
import dev.longshore.push.postgres.Deliveries;
import dev.longshore.push.postgres.Delivery;
import dev.longshore.push.postgres.Hints;
import dev.longshore.push.postgres.InventoryReads;
import dev.longshore.push.postgres.Place;
import dev.longshore.push.postgres.Pulls;
import dev.longshore.push.postgres.Registries;
import dev.longshore.push.task.Resolutions;
import dev.longshore.registries.Notification.Action;
import dev.longshore.registries.ParsedNotifications;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;

/** Writes what a delivery held: its hints with the tasks that answer them, its pulls, and what it was. */
@ApplicationScoped
class TakeDelivery {

    private final Deliveries deliveries;
    private final Hints hints;
    private final Pulls pulls;
    private final InventoryReads inventory;
    private final Resolutions resolutions;
    private final Registries registries;

    TakeDelivery(
            Deliveries deliveries,
            Hints hints,
            Pulls pulls,
            InventoryReads inventory,
            Resolutions resolutions,
            Registries registries) {
        this.deliveries = deliveries;
        this.hints = hints;
        this.pulls = pulls;
        this.inventory = inventory;
        this.resolutions = resolutions;
        this.registries = registries;
    }

    Uni<Void> take(Mutiny.Session session, Delivery delivery, ParsedNotifications parsed, Heard heard) {
        return deliveries
                .add(session, delivery, parsed, heard)
                .chain(() -> registries.heldOwners(session, delivery.registry(), delivery.project()))
                .chain(owners -> take(session, delivery, heard, owners));
    }

    private Uni<Void> take(Mutiny.Session session, Delivery delivery, Heard heard, RepositoryOwners owners) {
        return pullsOfUnknown(session, delivery, heard.pulls(), owners)
                .chain(unknown -> inRemoved(delivery, heard)
                        .chain(removed -> hint(session, delivery, List.of(heard.hints(), unknown, removed), owners)));
    }

    private Uni<Void> hint(Mutiny.Session session, Delivery delivery, List<List<Hint>> from, RepositoryOwners owners) {
        var all = from.stream().flatMap(List::stream).toList();
        var requests = all.stream()
                .map(hint -> new ResolveRequest(delivery.registry(), hint.reference()))
                .toList();
        return hints.add(session, delivery, all).chain(() -> resolutions.enqueue(session, owners, requests));
    }

    /** What is pulled and not known was pushed unheard: it is read, and the pull is written then. */
    private Uni<List<Hint>> pullsOfUnknown(
            Mutiny.Session session, Delivery delivery, List<Pull> heard, RepositoryOwners owners) {
        return Multi.createFrom()
                .iterable(heard)
                .onItem()
                .transformToUniAndConcatenate(
                        pull -> pulls.record(session, place(delivery, pull.repository(), owners), pull)
                                .map(known -> known ? Optional.<Hint>empty() : Optional.of(hint(pull))))
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .asList();
    }

    private static Hint hint(Pull pull) {
        var reference = Optional.ofNullable(pull.tag())
                .<Reference>map(tag -> new Reference.Tagged(pull.repository(), tag))
                .orElseGet(() -> new Reference.Pinned(pull.repository(), pull.digest()));
        return new Hint(Action.PULL, reference, pull.digest(), pull.at(), pull.by());
    }

    private Uni<List<Hint>> inRemoved(Delivery delivery, Heard heard) {
        return Multi.createFrom()
                .iterable(heard.removedRepositories())
                .onItem()
                .transformToUniAndConcatenate(repository ->
                        inventory.references(new Place(delivery.project(), delivery.registry(), repository)))
                .map(references -> references.stream()
                        .map(reference -> new Hint(Action.DELETE, reference, null, delivery.receivedAt(), null)))
                .collect()
                .asList()
                .map(found -> found.stream().flatMap(Stream::sequential).toList());
    }

    private static Place place(Delivery delivery, String repository, RepositoryOwners owners) {
        return new Place(owners.projectOf(repository), delivery.registry(), repository);
    }
}
