package dev.longshore.scan.scanning;

import dev.longshore.scan.postgres.Decisions;
import dev.longshore.scan.postgres.Inventory;
import dev.longshore.scan.postgres.KnownImage;
import dev.longshore.scan.postgres.ScanState;
import dev.longshore.scan.task.Requests;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** The decisions that rest on a scan, wherever its digest lies. */
@ApplicationScoped
class Redecisions {

    private final Inventory inventory;
    private final Decisions decisions;
    private final Requests requests;

    Redecisions(Inventory inventory, Decisions decisions, Requests requests) {
        this.inventory = inventory;
        this.decisions = decisions;
        this.requests = requests;
    }

    /** Findings that are as before change a decision only if there was none, or it said that they were stale. */
    Uni<Boolean> areNeeded(Mutiny.Session session, String digest, Optional<ScanState> before, boolean findingsDiffer) {
        var isFirst = before.map(state -> state.scannedAt() == null).orElse(true);
        return findingsDiffer || isFirst ? Uni.createFrom().item(true) : decisions.isStale(session, digest);
    }

    Uni<Void> request(Mutiny.Session session, KnownImage image) {
        return inventory
                .locations(session, image.image().digest())
                .chain(places -> requests.decide(
                        session,
                        image.project(),
                        places.stream().map(place -> place.image().key()).toList()));
    }
}
