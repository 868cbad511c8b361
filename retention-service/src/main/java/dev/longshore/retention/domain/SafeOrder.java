package dev.longshore.retention.domain;

import dev.longshore.oci.Digest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Indexes before what they name, and subjects before what refers to them: wherever one stops, no index lacks a manifest
 * and no image its signature. What belongs together follows at once, so that stopping leaves little behind.
 *
 * <p>There are no circles among them: {@link Fate} keeps those.
 */
final class SafeOrder {

    private static final Comparator<Deletion> OLDEST_FIRST =
            Comparator.comparing(Deletion::pushedAt).thenComparing(Deletion::digest);

    private SafeOrder() {}

    static List<Deletion> of(Map<Digest, Deletion> deletions) {
        var waitingFor = new HashMap<Digest, Integer>();
        var below = new HashMap<Digest, TreeSet<Digest>>();
        for (var deletion : deletions.values()) {
            waitingFor.put(deletion.digest(), deletion.after().size());
            deletion.after()
                    .forEach(above ->
                            below.computeIfAbsent(above, _ -> new TreeSet<>()).add(deletion.digest()));
        }
        var left = new LinkedHashMap<Digest, Deletion>();
        deletions.values().stream().sorted(OLDEST_FIRST).forEach(deletion -> left.put(deletion.digest(), deletion));
        var ordered = new ArrayList<Deletion>();
        for (var root : List.copyOf(left.values())) {
            if (root.after().isEmpty()) {
                follow(root, waitingFor, below, left, ordered);
            }
        }
        return ordered;
    }

    private static void follow(
            Deletion root,
            Map<Digest, Integer> waitingFor,
            Map<Digest, TreeSet<Digest>> below,
            Map<Digest, Deletion> left,
            List<Deletion> ordered) {
        var open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            var deletion = open.pop();
            ordered.add(deletion);
            left.remove(deletion.digest());
            for (var digest :
                    below.getOrDefault(deletion.digest(), new TreeSet<>()).descendingSet()) {
                if (waitingFor.merge(digest, -1, Integer::sum) == 0) {
                    open.push(Objects.requireNonNull(left.get(digest)));
                }
            }
        }
    }
}
