package dev.longshore.scan.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.events.DecisionEvent.Reason;
import dev.longshore.kit.event.StoredJson;
import dev.longshore.oci.Digest;
import dev.longshore.scan.domain.Evidence;
import dev.longshore.scan.domain.Evidence.Child;
import dev.longshore.scan.domain.Evidence.Decided;
import dev.longshore.scan.domain.FailureCode;
import dev.longshore.scan.domain.Finding;
import dev.longshore.scan.domain.ManifestKind;
import dev.longshore.scan.domain.Subject;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;

/** Gathers all that is known of some images, to be decided upon together. */
@ApplicationScoped
public class Evidences {

    private static final String LOCK =
            "select image from manifest where image in (:images) order by image for no key update";
    private static final String TAGS = """
            with recursive up(image, ancestor) as (
                select m.image, m.image from manifest m where m.image in (:images)
                union select up.image, c.parent from up join manifest_child c on c.child = up.ancestor)
            select up.image, t.tag from up join tag t on t.image = up.ancestor""";
    private static final String CHILDREN = """
            select c.parent, c.digest, c.platform, m.kind, d.action, d.reasons from manifest_child c
            left join manifest m on m.image = c.child left join decision d on d.image = c.child
            where c.parent in (:images) order by c.parent, c.position""";
    private static final String NO_PLATFORM = "unknown/unknown";

    private final Scans scans;
    private final Findings findings;

    Evidences(Scans scans, Findings findings) {
        this.scans = scans;
        this.findings = findings;
    }

    /** @param isRequested whether a scan was asked for */
    public record Gathered(KnownImage image, Subject subject, boolean isRequested) {}

    private record Scanned(
            Map<String, ScanState> states, Map<String, List<Finding>> findings, Optional<Scans.Database> database) {}

    /**
     * Locks the images, so that nobody decides on them at the same time, and emits what is known of those that exist. To be
     * asked first in a session: what that knows already is not read again.
     */
    public Uni<List<Gathered>> gather(Mutiny.Session session, Collection<String> images, String scanner) {
        return session.createNativeQuery(LOCK, String.class)
                .setParameter("images", images)
                .getResultList()
                .chain(locked ->
                        locked.isEmpty() ? Uni.createFrom().item(List.of()) : gatherLocked(session, locked, scanner));
    }

    private Uni<List<Gathered>> gatherLocked(Mutiny.Session session, List<String> images, String scanner) {
        return known(session, images)
                .chain(known -> tags(session, images)
                        .chain(tags -> children(session, images)
                                .chain(children -> scanned(session, known, scanner)
                                        .map(scanned -> known.stream()
                                                .map(image -> gathered(image, tags, children, scanned))
                                                .toList()))));
    }

    private static Gathered gathered(
            KnownImage known, Map<String, Set<String>> tags, Map<String, List<Child>> children, Scanned scanned) {
        var key = known.image().key();
        var state = scanned.states().get(known.image().digest().toString());
        var evidence = switch (known.kind()) {
            case INDEX -> new Evidence.Children(children.getOrDefault(key, List.of()));
            case ARTIFACT -> new Evidence.NotApplicable("an artifact of type " + known.what());
            case IMAGE -> evidence(Optional.ofNullable(state), scanned);
        };
        var subject = new Subject(known.project(), known.image(), tags.getOrDefault(key, Set.of()), evidence);
        return new Gathered(known, subject, state != null);
    }

    private static Evidence evidence(Optional<ScanState> found, Scanned scanned) {
        if (found.isEmpty()) {
            return new Evidence.Unscanned();
        }
        var state = found.get();
        var scannedAt = state.scannedAt();
        if (scannedAt != null) {
            var newer = scanned.database()
                    .filter(database -> state.databaseUpdatedAt() != null
                            && database.updatedAt().isAfter(state.databaseUpdatedAt()))
                    .map(Scans.Database::seenAt)
                    .orElse(null);
            return new Evidence.Scanned(scanned.findings().getOrDefault(state.digest(), List.of()), scannedAt, newer);
        }
        var code = state.failureCode();
        return code == null
                ? new Evidence.Unscanned()
                : new Evidence.Failed(FailureCode.of(code), String.valueOf(state.failureReason()));
    }

    private Uni<List<KnownImage>> known(Mutiny.Session session, List<String> images) {
        return session.createSelectionQuery(
                        "from ManifestRow m where m.image in :images order by m.image", ManifestRow.class)
                .setParameter("images", images)
                .getResultList()
                .map(rows -> rows.stream().map(ManifestRow::known).toList());
    }

    private static Uni<Map<String, Set<String>>> tags(Mutiny.Session session, List<String> images) {
        return session.createNativeQuery(TAGS, Object[].class)
                .setParameter("images", images)
                .getResultList()
                .map(rows -> {
                    var tags = new HashMap<String, Set<String>>();
                    rows.forEach(row -> tags.computeIfAbsent((String) row[0], _ -> new HashSet<>())
                            .add((String) row[1]));
                    return tags;
                });
    }

    /** Only what is, or may be, an image: attestations that lie in an index have nothing to be judged by. */
    private static Uni<Map<String, List<Child>>> children(Mutiny.Session session, List<String> images) {
        return session.createNativeQuery(CHILDREN, Object[].class)
                .setParameter("images", images)
                .getResultList()
                .map(rows -> {
                    var children = new HashMap<String, List<Child>>();
                    rows.stream()
                            .filter(Evidences::isImage)
                            .forEach(row -> children.computeIfAbsent((String) row[0], _ -> new ArrayList<>())
                                    .add(child(row)));
                    return children;
                });
    }

    private static boolean isImage(Object[] row) {
        return row[3] == null ? !NO_PLATFORM.equals(row[2]) : ManifestKind.of((String) row[3]) != ManifestKind.ARTIFACT;
    }

    private static Child child(Object[] row) {
        var decided = row[4] == null
                ? null
                : Decided.of(
                        Action.valueOf(((String) row[4]).toUpperCase(Locale.ROOT)),
                        StoredJson.read((String) row[5], new TypeReference<List<Reason>>() {}));
        return new Child(Digest.parse((String) row[1]), (String) row[2], decided);
    }

    private Uni<Scanned> scanned(Mutiny.Session session, List<KnownImage> images, String scanner) {
        var digests = images.stream()
                .filter(image -> image.kind() == ManifestKind.IMAGE)
                .map(image -> image.image().digest().toString())
                .distinct()
                .toList();
        return scans.find(session, digests)
                .chain(states -> findings.of(session, states.keySet())
                        .chain(found -> scans.newestDatabase(session, scanner)
                                .map(database -> new Scanned(states, found, database))));
    }
}
