package dev.longshore.scan.deciding;

import dev.longshore.events.Topic;
import dev.longshore.kit.outbox.Outbox;
import dev.longshore.scan.domain.ManifestKind;
import dev.longshore.scan.domain.Rulebook;
import dev.longshore.scan.domain.Verdict;
import dev.longshore.scan.postgres.Configuration;
import dev.longshore.scan.postgres.Decisions;
import dev.longshore.scan.postgres.Evidences;
import dev.longshore.scan.postgres.Evidences.Gathered;
import dev.longshore.scan.postgres.StoredDecision;
import dev.longshore.scan.task.Requests;
import dev.longshore.scan.trivy.TrivyScanner;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Decides on some images in one transaction. What comes out as before is neither written nor published: so a change that
 * concerns nobody costs reading only.
 */
@ApplicationScoped
class DecideImages {

    private final Evidences evidences;
    private final Configuration configuration;
    private final Decisions decisions;
    private final Requests requests;
    private final Outbox outbox;
    private final DecisionMetrics metrics;
    private final Clock clock = Clock.systemUTC();

    DecideImages(
            Evidences evidences,
            Configuration configuration,
            Decisions decisions,
            Requests requests,
            Outbox outbox,
            DecisionMetrics metrics) {
        this.evidences = evidences;
        this.configuration = configuration;
        this.decisions = decisions;
        this.requests = requests;
        this.outbox = outbox;
        this.metrics = metrics;
    }

    private record Standing(Rulebook rulebook, Map<String, StoredDecision> decisions, Map<String, Long> revisions) {}

    /** The session is a fresh one, in a transaction. */
    Uni<Void> decide(Mutiny.Session session, Collection<String> images) {
        return evidences
                .gather(session, images, TrivyScanner.NAME)
                .chain(found -> standing(session, images)
                        .chain(standing -> write(session, found, standing))
                        .call(() -> removeGone(session, images, found)))
                .invoke(metrics::count)
                .replaceWithVoid();
    }

    /** The rules are read after the images were locked: what is changed later is decided upon later. */
    private Uni<Standing> standing(Mutiny.Session session, Collection<String> images) {
        return configuration
                .rulebook(session)
                .chain(rulebook -> decisions
                        .standing(session, images)
                        .chain(before -> decisions
                                .revisions(session, images)
                                .map(revisions -> new Standing(rulebook, before, revisions))));
    }

    private Uni<List<Changed>> write(Mutiny.Session session, List<Gathered> found, Standing standing) {
        var changed = new ArrayList<Changed>();
        return Multi.createFrom()
                .iterable(found)
                .onItem()
                .transformToUniAndConcatenate(gathered -> decide(session, gathered, standing, changed))
                .collect()
                .last()
                .chain(() -> tellParents(session, changed))
                .replaceWith(changed);
    }

    private Uni<Void> decide(Mutiny.Session session, Gathered gathered, Standing standing, List<Changed> changed) {
        var subject = gathered.subject();
        var key = subject.image().key();
        var now = clock.instant();
        var verdict = standing.rulebook().decide(subject, now);
        var before = Optional.ofNullable(standing.decisions().get(key));
        return scanIfNew(session, gathered, verdict).chain(() -> {
            if (before.filter(stored -> isSame(stored, verdict)).isPresent()) {
                return confirm(session, gathered, verdict, before.get());
            }
            var change = new Changed(gathered.image(), verdict, before, now);
            changed.add(change);
            var revision = standing.revisions().getOrDefault(key, 0L) + 1;
            return decisions
                    .put(session, subject, verdict, revision, now)
                    .chain(() -> outbox.append(session, change.event(revision), change.audit()));
        });
    }

    private Uni<Void> scanIfNew(Mutiny.Session session, Gathered gathered, Verdict verdict) {
        var image = gathered.image();
        return image.kind() == ManifestKind.IMAGE && !gathered.isRequested() && verdict.scanOnPush()
                ? requests.firstScan(session, image.project(), image.image())
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> confirm(Mutiny.Session session, Gathered gathered, Verdict verdict, StoredDecision before) {
        var validUntil = verdict.validUntil()
                .map(until -> until.truncatedTo(ChronoUnit.MICROS))
                .orElse(null);
        var rescanEvery = verdict.rescanEvery().map(Duration::toSeconds).orElse(null);
        return Objects.equals(validUntil, before.validUntil())
                        && Objects.equals(rescanEvery, before.rescanEverySeconds())
                ? Uni.createFrom().voidItem()
                : decisions.confirm(session, gathered.subject(), verdict, before);
    }

    private Uni<Void> removeGone(Mutiny.Session session, Collection<String> images, List<Gathered> found) {
        var gone = new HashSet<>(images);
        found.forEach(gathered -> gone.remove(gathered.subject().image().key()));
        return Multi.createFrom()
                .iterable(gone)
                .onItem()
                .transformToUniAndConcatenate(image -> remove(session, image))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> remove(Mutiny.Session session, String image) {
        return decisions
                .remove(session, image)
                .chain(project -> project.map(known -> outbox.remove(session, Topic.DECISIONS, image, known)
                                .chain(() -> decisions.parents(session, List.of(image)))
                                .chain(parents -> requests.decide(session, known, parents)))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> tellParents(Mutiny.Session session, List<Changed> changed) {
        if (changed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var project = changed.getFirst().known().project();
        var images = changed.stream().map(change -> change.image().key()).toList();
        return decisions.parents(session, images).chain(parents -> requests.decide(session, project, parents));
    }

    private static boolean isSame(StoredDecision before, Verdict verdict) {
        return before.action() == verdict.action()
                && before.reasons().equals(verdict.reasons())
                && before.policies().equals(verdict.policies());
    }
}
