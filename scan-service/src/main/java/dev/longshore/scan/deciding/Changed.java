package dev.longshore.scan.deciding;

import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.events.AuditEvent.Result;
import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.events.DecisionEvent.ImageDecided;
import dev.longshore.events.DecisionEvent.Reason;
import dev.longshore.kit.trace.TraceParent;
import dev.longshore.scan.domain.Image;
import dev.longshore.scan.domain.Verdict;
import dev.longshore.scan.postgres.KnownImage;
import dev.longshore.scan.postgres.StoredDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A decision that differs from the one before, and how others are told. */
record Changed(KnownImage known, Verdict verdict, Optional<StoredDecision> before, Instant at) {

    private static final String SELF = "service:scan-service";
    private static final String UNSCANNED = "unscanned";

    Image image() {
        return known.image();
    }

    ImageDecided event(long revision) {
        return new ImageDecided(
                known.project(),
                image().registry(),
                image().repository(),
                image().digest(),
                verdict.action(),
                verdict.reasons(),
                verdict.policies(),
                at,
                revision);
    }

    AuditRecorded audit() {
        return new AuditRecorded(
                known.project(),
                SELF,
                null,
                null,
                "image.decided",
                image().key(),
                Result.SUCCEEDED,
                verdict.reasons().stream().findFirst().map(Reason::text).orElse(null),
                before.map(stored -> state(stored.action(), stored.reasons())).orElse(null),
                state(verdict.action(), verdict.reasons()),
                TraceParent.traceId().orElse(null),
                at);
    }

    /** From the push to the first decision that rests on a scan; empty if this is not that one. */
    Optional<Duration> sincePush() {
        var wasOpen = before.map(stored -> isOpen(stored.reasons())).orElse(true);
        return wasOpen && !isOpen(verdict.reasons())
                ? Optional.of(Duration.between(known.pushedAt(), at))
                : Optional.empty();
    }

    private static boolean isOpen(List<Reason> reasons) {
        return reasons.stream().anyMatch(reason -> reason.code().equals(UNSCANNED));
    }

    private static Map<String, Object> state(Action action, List<Reason> reasons) {
        var state = new LinkedHashMap<String, Object>();
        state.put("action", action.name().toLowerCase(Locale.ROOT));
        state.put("reasons", reasons.stream().map(Reason::code).distinct().toList());
        return state;
    }
}
