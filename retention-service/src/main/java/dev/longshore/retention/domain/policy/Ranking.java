package dev.longshore.retention.domain.policy;

import dev.longshore.oci.Digest;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How many images are surely later than one: at the least, by what is known of them. A digest counts once, by the latest
 * of its tags.
 *
 * @param leastOf the least that each digest's place can be
 * @param sorted the same, ascending
 */
record Ranking<T>(Map<Digest, T> leastOf, List<T> sorted, Comparator<? super T> order) {

    /** @param least the least that a candidate's place can be; empty if nothing is known of it */
    static <T> Ranking<T> of(
            List<Candidate> candidates, Function<Candidate, Optional<T>> least, Comparator<? super T> order) {
        var leastOf = new HashMap<Digest, T>();
        for (var candidate : candidates) {
            if (candidate.isImage()) {
                least.apply(candidate)
                        .ifPresent(place ->
                                leastOf.merge(candidate.digest(), place, (a, b) -> order.compare(a, b) >= 0 ? a : b));
            }
        }
        return new Ranking<>(leastOf, leastOf.values().stream().sorted(order).toList(), order);
    }

    /** Whether fewer than {@code count} other images are surely later than {@code most}, this one's latest place. */
    boolean isAmongLast(int count, Digest digest, T most) {
        var later = sorted.size() - firstAfter(most);
        var own = leastOf.get(digest);
        return later - (own != null && order.compare(own, most) > 0 ? 1 : 0) < count;
    }

    private int firstAfter(T place) {
        var low = 0;
        var high = sorted.size();
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (order.compare(sorted.get(middle), place) > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
