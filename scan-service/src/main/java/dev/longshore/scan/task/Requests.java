package dev.longshore.scan.task;

import dev.longshore.scan.domain.Image;
import dev.longshore.scan.postgres.Scans;
import dev.longshore.tasks.NewTask;
import dev.longshore.tasks.Tasks;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.TreeSet;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/** Asks for scans and decisions, in the transaction of what makes them necessary. */
@ApplicationScoped
public class Requests {

    /** With pauses of up to an hour: about a day and a half. */
    private static final int SCAN_ATTEMPTS = 40;

    private static final String SELF = "service:scan-service";
    private static final String PREFIX = "scn";
    private static final String EVERYTHING = "default";

    private final Tasks tasks;
    private final Scans scans;
    private final Clock clock = Clock.systemUTC();

    Requests(Tasks tasks, Scans scans) {
        this.tasks = tasks;
        this.scans = scans;
    }

    /** The first scan of a digest, unless it was asked for before. */
    public Uni<Void> firstScan(Mutiny.Session session, String project, Image image) {
        var digest = image.digest().toString();
        return scans.request(session, digest, project, clock.instant())
                .chain(isNew -> isNew
                        ? tasks.newExecution(session, PREFIX, project, ScanRequest.KIND, image.key(), SELF)
                                .call(execution -> scans.belongsTo(session, digest, execution))
                                .chain(execution -> tasks.enqueue(
                                        session,
                                        scan(project, digest)
                                                .withNaturalKey(digest)
                                                .withExecution(execution)))
                                .replaceWithVoid()
                        : Uni.createFrom().voidItem());
    }

    /** Another scan of a digest, of which one is enough. */
    public Uni<Void> rescan(Mutiny.Session session, String project, String digest) {
        return tasks.enqueue(session, scan(project, digest).withNaturalKey(digest))
                .replaceWithVoid();
    }

    /** Scans that somebody asked for, whatever else is under way. Emits the execution. */
    public Uni<String> askedScans(
            Mutiny.Session session, String project, String reference, Collection<Image> images, String requestedBy) {
        return tasks.newExecution(session, PREFIX, project, ScanRequest.KIND, reference, requestedBy)
                .call(execution -> each(images, image -> askedScan(session, project, image, execution)));
    }

    /** Makes the decision on each of the images anew. */
    public Uni<Void> decide(Mutiny.Session session, String project, Collection<String> images) {
        // In one order everywhere, so that transactions that ask for the same ones do not wait for each other.
        return each(
                new TreeSet<>(images),
                image -> tasks.enqueue(
                        session,
                        NewTask.of(DecideRequest.KIND, project, new DecideRequest(image))
                                .withNaturalKey(image)
                                .withLane("decide/" + image)));
    }

    /** Makes all decisions anew, from the image after this one. */
    public Uni<Void> redecide(Mutiny.Session session, String after) {
        return tasks.enqueue(
                        session,
                        NewTask.of(RedecideRequest.KIND, EVERYTHING, new RedecideRequest(after))
                                .withNaturalKey("after " + after)
                                .withLane("redecide"))
                .replaceWithVoid();
    }

    private Uni<Void> askedScan(Mutiny.Session session, String project, Image image, String execution) {
        var digest = image.digest().toString();
        return scans.request(session, digest, project, clock.instant())
                .call(() -> scans.belongsTo(session, digest, execution))
                .chain(() -> tasks.enqueue(session, scan(project, digest).withExecution(execution)))
                .replaceWithVoid();
    }

    private static NewTask scan(String project, String digest) {
        return NewTask.of(ScanRequest.KIND, project, new ScanRequest(digest)).withMaxAttempts(SCAN_ATTEMPTS);
    }

    private static <T> Uni<Void> each(Collection<T> items, Function<T, Uni<?>> work) {
        return Multi.createFrom()
                .iterable(items)
                .onItem()
                .transformToUniAndConcatenate(item -> work.apply(item).replaceWithVoid())
                .collect()
                .last()
                .replaceWithVoid();
    }
}
