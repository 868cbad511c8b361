package dev.longshore.retention.domain.policy;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version as <a href="https://semver.org/spec/v2.0.0.html">semver.org</a> orders them; a {@code v} may come before it.
 * A tag cannot have the plus before build metadata, so that Helm writes an underscore: both end the version.
 */
record SemanticVersion(List<BigInteger> numbers, List<String> preRelease) implements Comparable<SemanticVersion> {

    private static final Pattern SHAPE = Pattern.compile(
            "v?(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)(?:-([0-9A-Za-z.-]+))?(?:[+_][0-9A-Za-z.+_-]*)?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final Comparator<String> IDENTIFIERS = SemanticVersion::compareIdentifiers;

    /** Empty for what is none, {@code 1.2} too: it is a name for whichever patch is the newest. */
    static Optional<SemanticVersion> parse(String tag) {
        var parts = SHAPE.matcher(tag);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var preRelease = parts.group(4) == null
                ? List.<String>of()
                : List.of(parts.group(4).split("\\.", -1));
        return Optional.of(new SemanticVersion(
                List.of(new BigInteger(parts.group(1)), new BigInteger(parts.group(2)), new BigInteger(parts.group(3))),
                preRelease));
    }

    @Override
    public int compareTo(SemanticVersion other) {
        var byNumber = compare(numbers, other.numbers, Comparator.naturalOrder());
        if (byNumber != 0) {
            return byNumber;
        }
        if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
            return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
        }
        return compare(preRelease, other.preRelease, IDENTIFIERS);
    }

    private static <T> int compare(List<T> left, List<T> right, Comparator<? super T> order) {
        for (var i = 0; i < Math.min(left.size(), right.size()); i++) {
            var compared = order.compare(left.get(i), right.get(i));
            if (compared != 0) {
                return compared;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    /** Numbers come before words. */
    private static int compareIdentifiers(String left, String right) {
        var isNumber = NUMBER.matcher(left).matches();
        if (isNumber != NUMBER.matcher(right).matches()) {
            return isNumber ? -1 : 1;
        }
        return isNumber ? new BigInteger(left).compareTo(new BigInteger(right)) : left.compareTo(right);
    }
}
