package dev.longshore.scan.scanning;

import dev.longshore.oci.Digest;
import dev.longshore.scan.domain.ScanFailedException;
import dev.longshore.scan.postgres.Inventory;
import dev.longshore.scan.postgres.KnownImage;
import dev.longshore.scan.task.ScanRequest;
import dev.longshore.scan.trivy.Scanned;
import dev.longshore.scan.trivy.TrivyConfig;
import dev.longshore.tasks.ClaimedTask;
import dev.longshore.tasks.Lease;
import dev.longshore.tasks.TaskFailure;
import dev.longshore.tasks.TaskHandler;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Scans one digest: the image itself once, and from then on its SBOM. A failure is written down, so that the decision says
 * what policies want for it, and the task comes back later.
 */
@ApplicationScoped
class ScanTask implements TaskHandler {

    private static final int MOST_DOUBLINGS = 16;

    private final Mutiny.SessionFactory sessions;
    private final Inventory inventory;
    private final Components components;
    private final Recording recording;
    private final ScanNews news;
    private final TrivyConfig trivy;
    private final ScanConfig config;

    ScanTask(
            Mutiny.SessionFactory sessions,
            Inventory inventory,
            Components components,
            Recording recording,
            ScanNews news,
            TrivyConfig trivy,
            ScanConfig config) {
        this.sessions = sessions;
        this.inventory = inventory;
        this.components = components;
        this.recording = recording;
        this.news = news;
        this.trivy = trivy;
        this.config = config;
    }

    @Override
    public String kind() {
        return ScanRequest.KIND;
    }

    @Override
    public int concurrency() {
        return trivy.workers();
    }

    @Override
    public Uni<Void> run(ClaimedTask task, Lease lease) {
        var digest = Digest.parse(task.payload(ScanRequest.class).digest());
        return sessions.withSession(session -> inventory.locations(session, digest))
                // Gone meanwhile: then there is nothing to do, and the runner completes the task.
                .chain(places -> places.isEmpty() ? Uni.createFrom().voidItem() : scan(task, lease, places));
    }

    private Uni<Void> scan(ClaimedTask task, Lease lease, List<KnownImage> places) {
        var image = places.getFirst();
        var timer = news.begun(task, image);
        return components
                .match(places)
                .call(result -> recording.matched(
                        image, result.match(), result.isNew().isEmpty() ? lease::complete : lease::hold))
                .invoke(() -> news.succeeded(task, image, timer))
                .onFailure(ScanFailedException.class)
                .recoverWithUni(failure -> failed(task, image, failure))
                .chain(result -> result.isNew()
                        .map(scanned -> keep(image, scanned, lease))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    /** The decision does not wait for this, and does not fall with it: at worst the image is fetched again next time. */
    private Uni<Void> keep(KnownImage image, Scanned scanned, Lease lease) {
        return components
                .keep(image.image().digest(), scanned, lease)
                .onFailure(ScanFailedException.class)
                .recoverWithUni(failure -> {
                    news.notListed(image, failure);
                    return Uni.createFrom().voidItem();
                });
    }

    private <T> Uni<T> failed(ClaimedTask task, KnownImage image, ScanFailedException failure) {
        news.failed(task, image, failure);
        return recording
                .failed(image, failure)
                .chain(() -> Uni.createFrom()
                        .failure(new TaskFailure.RetryLater(
                                failure.code().code(), failure.reason(), pause(task.attempt()))));
    }

    private Duration pause(int attempt) {
        var doubled = config.retryAfter().multipliedBy(1L << Math.min(attempt - 1, MOST_DOUBLINGS));
        return Optional.of(doubled)
                .filter(pause -> pause.compareTo(config.retryAtMost()) < 0)
                .orElse(config.retryAtMost());
    }
}
