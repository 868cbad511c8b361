package dev.longshore.scan.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.kit.event.StoredJson;
import dev.longshore.scan.domain.Subject;
import dev.longshore.scan.domain.Verdict;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The decisions that stand, and those before them. */
@ApplicationScoped
public class Decisions {

    private static final String PUT = """
            insert into decision (image, project, digest, action, reasons, policies, decided_at, revision, valid_until,
                rescan_every_seconds)
            values (:image, :project, :digest, :action, :reasons, :policies, :decidedAt, :revision,
                nullif(cast(:validUntil as timestamptz), to_timestamp(0)), nullif(cast(:rescanEvery as bigint), -1))
            on conflict (image) do update set project = excluded.project, action = excluded.action, reasons = excluded.reasons,
                policies = excluded.policies, decided_at = excluded.decided_at, revision = excluded.revision,
                valid_until = excluded.valid_until, rescan_every_seconds = excluded.rescan_every_seconds""";
    private static final String REMEMBER = """
            insert into past_decision (image, revision, action, reasons, policies, decided_at)
            values (:image, :revision, :action, :reasons, :policies, :decidedAt)""";
    private static final String HISTORY = """
            select image, action, reasons, policies, decided_at, revision from past_decision
            where image = :image and revision < :before order by revision desc limit :limit""";
    private static final String REVISIONS =
            "select image, max(revision) from past_decision where image in (:images) group by image";

    private static final long NEVER = -1;

    /** By image. */
    public Uni<Map<String, StoredDecision>> standing(Mutiny.Session session, Collection<String> images) {
        if (images.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return session.createSelectionQuery("from DecisionRow d where d.image in :images", DecisionRow.class)
                .setParameter("images", images)
                .getResultList()
                .map(rows -> rows.stream()
                        .map(DecisionRow::stored)
                        .collect(Collectors.toMap(StoredDecision::image, Function.identity())));
    }

    /** The last revision that each image has had, also those whose decision was removed meanwhile. */
    public Uni<Map<String, Long>> revisions(Mutiny.Session session, Collection<String> images) {
        if (images.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return session.createNativeQuery(REVISIONS, Object[].class)
                .setParameter("images", images)
                .getResultList()
                .map(rows -> rows.stream()
                        .collect(Collectors.toMap(row -> (String) row[0], row -> ((Number) row[1]).longValue())));
    }

    /** A decision that differs from the one before. */
    public Uni<Void> put(Mutiny.Session session, Subject subject, Verdict verdict, long revision, Instant at) {
        return write(session, subject, verdict, revision, at)
                .chain(() -> session.createNativeQuery(REMEMBER)
                        .setParameter("image", subject.image().key())
                        .setParameter("revision", revision)
                        .setParameter("action", text(verdict.action()))
                        .setParameter("reasons", StoredJson.write(verdict.reasons()))
                        .setParameter("policies", StoredJson.write(verdict.policies()))
                        .setParameter("decidedAt", at)
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** The same decision, to be looked at again at another time. */
    public Uni<Void> confirm(Mutiny.Session session, Subject subject, Verdict verdict, StoredDecision standing) {
        return write(session, subject, verdict, standing.revision(), standing.decidedAt());
    }

    /** The image is gone. Emits its project if there was a decision. */
    public Uni<Optional<String>> remove(Mutiny.Session session, String image) {
        return session.createNativeQuery("select project from decision where image = :image for update", String.class)
                .setParameter("image", image)
                .getResultList()
                .call(() -> session.createNativeQuery("delete from decision where image = :image")
                        .setParameter("image", image)
                        .executeUpdate())
                .map(found -> found.stream().findFirst());
    }

    /** Whose time has come though nothing changed. */
    public Uni<List<String>> ended(Mutiny.Session session, Instant now, int limit) {
        return session.createNativeQuery(
                        "select image from decision where valid_until <= :now order by valid_until limit :limit",
                        String.class)
                .setParameter("now", now)
                .setParameter("limit", limit)
                .getResultList();
    }

    /** The indexes that an image is part of: the image's decision is part of theirs. */
    public Uni<List<String>> parents(Mutiny.Session session, Collection<String> images) {
        if (images.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return session.createNativeQuery(
                        "select distinct parent from manifest_child where child in (:images) order by parent",
                        String.class)
                .setParameter("images", images)
                .getResultList();
    }

    /** Whether a decision on the digest says that its findings are stale. */
    public Uni<Boolean> isStale(Mutiny.Session session, String digest) {
        return session.createNativeQuery(
                        "select count(*) from decision where digest = :digest and reasons like '%\"stale\"%'",
                        Long.class)
                .setParameter("digest", digest)
                .getSingleResult()
                .map(count -> count > 0);
    }

    /** The newest first. */
    public Uni<List<StoredDecision>> history(Mutiny.Session session, String image, long beforeRevision, int limit) {
        return session.createNativeQuery(HISTORY, Object[].class)
                .setParameter("image", image)
                .setParameter("before", beforeRevision)
                .setParameter("limit", limit)
                .getResultList()
                .map(rows -> rows.stream().map(Decisions::past).toList());
    }

    private static Uni<Void> write(
            Mutiny.Session session, Subject subject, Verdict verdict, long revision, Instant decidedAt) {
        return session.createNativeQuery(PUT)
                .setParameter("image", subject.image().key())
                .setParameter("project", subject.project())
                .setParameter("digest", subject.image().digest().toString())
                .setParameter("action", text(verdict.action()))
                .setParameter("reasons", StoredJson.write(verdict.reasons()))
                .setParameter("policies", StoredJson.write(verdict.policies()))
                .setParameter("decidedAt", decidedAt)
                .setParameter("revision", revision)
                .setParameter("validUntil", verdict.validUntil().orElse(Instant.EPOCH))
                .setParameter(
                        "rescanEvery",
                        verdict.rescanEvery().map(Duration::toSeconds).orElse(NEVER))
                .executeUpdate()
                .replaceWithVoid();
    }

    private static StoredDecision past(Object[] row) {
        return new StoredDecision(
                (String) row[0],
                Action.valueOf(((String) row[1]).toUpperCase(Locale.ROOT)),
                StoredJson.read((String) row[2], new TypeReference<>() {}),
                StoredJson.read((String) row[3], new TypeReference<>() {}),
                instant(row[4]),
                ((Number) row[5]).longValue(),
                null,
                null);
    }

    private static Instant instant(@Nullable Object value) {
        return switch (value) {
            case Instant instant -> instant;
            case OffsetDateTime time -> time.toInstant();
            case null, default -> throw new IllegalStateException("Not a time: " + value);
        };
    }

    private static String text(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}
