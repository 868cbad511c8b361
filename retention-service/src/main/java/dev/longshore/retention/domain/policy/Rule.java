package dev.longshore.retention.domain.policy;

import static dev.longshore.retention.domain.policy.Reason.Code.KEPT_BY_RULE;
import static dev.longshore.retention.domain.policy.Reason.Code.UNKNOWN_TO_RULE;

import dev.longshore.events.ConfigEvent.Keep;
import dev.longshore.events.ConfigEvent.RetentionRule;
import dev.longshore.events.Glob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which tags it is for, and what it keeps of them. A rule that cannot tell keeps.
 *
 * <p>To be among the last so many means that fewer than so many others are surely later: of two that may have been
 * pushed in either order, neither takes the other's place.
 */
public record Rule(List<Glob> tags, Keep keep) {

    /** Of many pulls one a day is told, so the last may be so much later than the last known. */
    private static final Duration PULLS_KNOWN_TO = Duration.ofDays(1);

    /** Why one candidate is kept; empty if it is not. */
    @FunctionalInterface
    public interface Judge {
        Optional<Reason> judge(Candidate candidate);
    }

    static Rule from(RetentionRule rule) {
        return new Rule(rule.tags().stream().map(Glob::parse).toList(), rule.keep());
    }

    /** What this rule says of each of the candidates, given all. */
    Judge among(List<Candidate> all, Instant now) {
        var mine = all.stream().filter(this::isFor).toList();
        var judges = judges(mine, now);
        return candidate -> isFor(candidate)
                ? judges.stream()
                        .flatMap(judge -> judge.judge(candidate).stream())
                        .findFirst()
                : Optional.empty();
    }

    boolean canKeep() {
        return !tags.isEmpty()
                && (isPositive(keep.lastPushed())
                        || isPositive(keep.lastPulled())
                        || isPositive(keep.lastSemver())
                        || isPositive(keep.pushedWithin())
                        || isPositive(keep.pulledWithin())
                        || isPositive(keep.createdWithin())
                        || Boolean.TRUE.equals(keep.always()));
    }

    private boolean isFor(Candidate candidate) {
        return tags.stream().anyMatch(glob -> glob.matches(candidate.tag()));
    }

    private List<Judge> judges(List<Candidate> mine, Instant now) {
        var judges = new ArrayList<Judge>();
        Optional.ofNullable(keep.lastPushed())
                .map(count -> lastPushed(count, mine))
                .ifPresent(judges::add);
        Optional.ofNullable(keep.lastPulled())
                .map(count -> lastPulled(count, mine))
                .ifPresent(judges::add);
        Optional.ofNullable(keep.lastSemver())
                .map(count -> lastSemver(count, mine))
                .ifPresent(judges::add);
        Optional.ofNullable(keep.pushedWithin())
                .map(time -> pushedWithin(time, now))
                .ifPresent(judges::add);
        Optional.ofNullable(keep.pulledWithin())
                .map(time -> pulledWithin(time, now))
                .ifPresent(judges::add);
        Optional.ofNullable(keep.createdWithin())
                .map(time -> createdWithin(time, now))
                .ifPresent(judges::add);
        if (keep.always() != null) {
            judges.add(always(keep.always()));
        }
        if (judges.isEmpty()) {
            judges.add(_ -> unknown("the rule keeps in a way that this version does not know"));
        }
        return judges;
    }

    static Judge lastPushed(int count, List<Candidate> mine) {
        var ranking = Ranking.of(
                mine,
                candidate -> Optional.of(candidate.pushed().earliest()),
                candidate -> Optional.of(candidate.pushed().latest()));
        return candidate -> ranking.isAmongLast(count, candidate.digest())
                .flatMap(isAmong -> when(isAmong, "it is among the %d most recently pushed".formatted(count)));
    }

    private static Judge lastPulled(int count, List<Candidate> mine) {
        var ranking = Ranking.of(
                mine, Candidate::pulled, candidate -> candidate.pulled().map(pulled -> pulled.plus(PULLS_KNOWN_TO)));
        return candidate -> candidate
                .pulled()
                .flatMap(_ -> ranking.isAmongLast(count, candidate.digest()))
                .map(isAmong -> when(isAmong, "it is among the %d most recently pulled".formatted(count)))
                .orElseGet(() -> unknown("it is not known when it was pulled last"));
    }

    private static Judge lastSemver(int count, List<Candidate> mine) {
        var ranking = Ranking.of(mine, Candidate::version, Candidate::version);
        return candidate -> candidate
                .version()
                .flatMap(_ -> ranking.isAmongLast(count, candidate.digest()))
                .map(isAmong -> when(isAmong, "it is among the %d highest versions".formatted(count)))
                .orElseGet(() -> unknown("the tag is not a semantic version"));
    }

    private static Judge pushedWithin(Duration time, Instant now) {
        return candidate -> when(
                !candidate.pushed().latest().isBefore(now.minus(time)),
                "it was pushed within the last " + Durations.format(time));
    }

    private static Judge pulledWithin(Duration time, Instant now) {
        return candidate -> candidate
                .pulled()
                .map(pulled -> when(
                        !pulled.plus(PULLS_KNOWN_TO).isBefore(now.minus(time)),
                        "it was pulled within the last " + Durations.format(time)))
                .orElseGet(() -> unknown("it is not known when it was pulled last"));
    }

    private static Judge createdWithin(Duration time, Instant now) {
        return candidate -> candidate
                .created()
                .map(created -> when(
                        !created.isBefore(now.minus(time)), "it was built within the last " + Durations.format(time)))
                .orElseGet(() -> unknown("it is not known when it was built"));
    }

    private static Judge always(boolean isOn) {
        return _ -> when(isOn, "the rule always keeps it");
    }

    private static Optional<Reason> when(boolean isKept, String text) {
        return isKept ? Optional.of(new Reason(KEPT_BY_RULE, text)) : Optional.empty();
    }

    private static Optional<Reason> unknown(String text) {
        return Optional.of(new Reason(UNKNOWN_TO_RULE, text));
    }

    private static boolean isPositive(@Nullable Integer count) {
        return count != null && count > 0;
    }

    private static boolean isPositive(@Nullable Duration time) {
        return time != null && time.isPositive();
    }
}
