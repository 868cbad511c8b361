package dev.longshore.retention.domain.policy;

import dev.longshore.oci.Digest;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How many images are surely later than one: at the least, by what is known of them. A digest counts once, by the latest
 * of its tags, and is judged once, so that its tags share its fate.
 *
 * <p>Judged tag by tag, an image could lose the tag that takes another's place from it, and the next question would have
 * another answer.
 *
 * @param sortedLeast the least that each image's place can be, ascending
 * @param mostOf the most that each digest's place can be
 */
record Ranking<T extends Comparable<? super T>>(List<T> sortedLeast, Map<Digest, T> mostOf) {

    /** @param least,most the bounds of a candidate's place; empty if nothing is known of it */
    static <T extends Comparable<? super T>> Ranking<T> of(
            Collection<Candidate> candidates,
            Function<Candidate, Optional<T>> least,
            Function<Candidate, Optional<T>> most) {
        var sorted = latest(candidates, Candidate::isImage, least).values().stream()
                .sorted()
                .toList();
        return new Ranking<>(sorted, latest(candidates, _ -> true, most));
    }

    private static <T extends Comparable<? super T>> Map<Digest, T> latest(
            Collection<Candidate> candidates, Predicate<Candidate> filter, Function<Candidate, Optional<T>> place) {
        var latest = new HashMap<Digest, T>();
        candidates.stream()
                .filter(filter)
                .forEach(candidate -> place.apply(candidate)
                        .ifPresent(known -> latest.merge(
                                candidate.digest(), known, BinaryOperator.maxBy(Comparator.naturalOrder()))));
        return latest;
    }

    /** Whether fewer than {@code count} other images are surely later; empty if nothing is known of it. */
    Optional<Boolean> isAmongLast(int count, Digest digest) {
        return Optional.ofNullable(mostOf.get(digest)).map(most -> sortedLeast.size() - firstAfter(most) < count);
    }

    private int firstAfter(T place) {
        var low = 0;
        var high = sortedLeast.size();
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (sortedLeast.get(middle).compareTo(place) > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
