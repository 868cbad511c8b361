package dev.longshore.scan.scanning;

import dev.longshore.events.ScanEvent.ScanCompleted;
import dev.longshore.events.ScanEvent.ScanFailed;
import dev.longshore.kit.outbox.Outbox;
import dev.longshore.scan.domain.ScanFailedException;
import dev.longshore.scan.domain.Severity;
import dev.longshore.scan.postgres.Findings;
import dev.longshore.scan.postgres.KnownImage;
import dev.longshore.scan.postgres.Scans;
import dev.longshore.scan.trivy.Match;
import dev.longshore.scan.trivy.TrivyScanner;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;

/** Writes down what came of a scan, tells others, and asks for the decisions that rest on it: all or nothing. */
@ApplicationScoped
class Recording {

    private final Mutiny.SessionFactory sessions;
    private final Scans scans;
    private final Findings findings;
    private final Redecisions redecisions;
    private final Outbox outbox;
    private final Clock clock = Clock.systemUTC();

    Recording(Mutiny.SessionFactory sessions, Scans scans, Findings findings, Redecisions redecisions, Outbox outbox) {
        this.sessions = sessions;
        this.scans = scans;
        this.findings = findings;
        this.redecisions = redecisions;
        this.outbox = outbox;
    }

    /** @param held ends the task in the transaction, or makes sure that it is still ours */
    Uni<Void> matched(KnownImage image, Match match, Function<Mutiny.Session, Uni<Void>> held) {
        var digest = image.image().digest().toString();
        var now = clock.instant();
        return sessions.withTransaction((session, _) -> scans.find(session, digest)
                .chain(before -> findings.replace(session, digest, match.findings())
                        .call(() -> succeeded(session, digest, match, now))
                        .call(() -> outbox.append(session, completed(image, match, now)))
                        .chain(differ -> redecisions.areNeeded(session, digest, before, differ)))
                .chain(must -> must
                        ? redecisions.request(session, image)
                        : Uni.createFrom().voidItem())
                .chain(() -> held.apply(session)));
    }

    /** Says so once for each kind of failure, not for each attempt. */
    Uni<Void> failed(KnownImage image, ScanFailedException failure) {
        var digest = image.image().digest().toString();
        var now = clock.instant();
        var code = failure.code().code();
        return sessions.withTransaction((session, _) -> scans.failed(session, digest, code, failure.reason(), now)
                .chain(isNew -> isNew
                        ? outbox.append(session, failed(image, failure, now))
                                .chain(() -> redecisions.request(session, image))
                        : Uni.createFrom().voidItem()));
    }

    private Uni<Void> succeeded(Mutiny.Session session, String digest, Match match, Instant now) {
        var updatedAt = match.databaseUpdatedAt();
        return scans.succeeded(session, digest, TrivyScanner.NAME, match.scannerVersion(), updatedAt, now)
                .chain(() -> scans.databaseSeen(session, TrivyScanner.NAME, updatedAt, now))
                .replaceWithVoid();
    }

    private static ScanCompleted completed(KnownImage image, Match match, Instant now) {
        return new ScanCompleted(
                image.project(),
                image.image().registry(),
                image.image().repository(),
                image.image().digest(),
                TrivyScanner.NAME,
                match.scannerVersion(),
                match.databaseUpdatedAt(),
                counts(match),
                "/api/v1/findings?reference=" + image.image().key(),
                now);
    }

    private static Map<String, Integer> counts(Match match) {
        var counts = new LinkedHashMap<String, Integer>();
        Stream.of(Severity.values()).forEach(severity -> counts.put(severity.text(), 0));
        match.findings().forEach(finding -> counts.merge(finding.severity().text(), 1, Integer::sum));
        return counts;
    }

    private static ScanFailed failed(KnownImage image, ScanFailedException failure, Instant now) {
        return new ScanFailed(
                image.project(),
                image.image().registry(),
                image.image().repository(),
                image.image().digest(),
                TrivyScanner.NAME,
                failure.code().code(),
                failure.reason(),
                now);
    }
}
