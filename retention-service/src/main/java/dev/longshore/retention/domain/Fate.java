package dev.longshore.retention.domain;

import static dev.longshore.retention.domain.policy.Reason.Code.GOES_WITH;
import static dev.longshore.retention.domain.policy.Reason.Code.NEEDED;
import static dev.longshore.retention.domain.policy.Reason.Code.UNDECIDED;

import dev.longshore.oci.Digest;
import dev.longshore.retention.domain.inventory.Graph;
import dev.longshore.retention.domain.policy.Reason;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which manifests stay and which go. What stays keeps what it names, what it refers to and what refers to it; what is
 * due takes with it what belongs to it and is not needed elsewhere. What neither reaches stays, and so
 * does what cannot be brought into an order.
 */
final class Fate {

    private final Graph graph;
    private final Set<Digest> staying = new TreeSet<>();
    private final Map<Digest, Reason> causes = new TreeMap<>();
    private final Map<Digest, Reason> going = new TreeMap<>();

    private Fate(Graph graph) {
        this.graph = graph;
    }

    static Fate of(Graph graph, Set<Digest> stayingByThemselves, Map<Digest, Reason> due) {
        var fate = new Fate(graph);
        fate.keep(stayingByThemselves);
        var undecided = fate.letGo(due);
        while (!undecided.isEmpty()) {
            undecided.forEach(
                    digest -> fate.causes.put(digest, new Reason(UNDECIDED, "nothing says whether it may go")));
            fate.keep(undecided);
            undecided = fate.letGo(due);
        }
        return fate;
    }

    boolean stays(Digest digest) {
        return !going.containsKey(digest);
    }

    /** Why it stays although nobody asked for itself. */
    Optional<Reason> cause(Digest digest) {
        return Optional.ofNullable(causes.get(digest));
    }

    /** What goes, and why. */
    Map<Digest, Reason> going() {
        return going;
    }

    private void keep(Collection<Digest> digests) {
        var open = new ArrayDeque<Digest>();
        digests.stream().filter(staying::add).forEach(open::add);
        while (!open.isEmpty()) {
            var digest = open.remove();
            for (var child : graph.children(digest)) {
                reach(child, "the index %s, which stays, names it".formatted(digest), open);
            }
            for (var subject : graph.subjects(digest)) {
                reach(subject, "%s, which stays, refers to it".formatted(digest), open);
            }
            for (var referrer : graph.referrers(digest)) {
                reach(referrer, "it refers to %s, which stays".formatted(digest), open);
            }
        }
    }

    private void reach(Digest digest, String cause, ArrayDeque<Digest> open) {
        if (staying.add(digest)) {
            causes.put(digest, new Reason(NEEDED, cause));
            open.add(digest);
        }
    }

    /** Lets go what is due and what belongs to it; what is left undecided. */
    private Set<Digest> letGo(Map<Digest, Reason> due) {
        going.clear();
        var open = new ArrayDeque<Digest>();
        due.forEach((digest, reason) -> go(digest, reason, open));
        while (!open.isEmpty()) {
            var digest = open.remove();
            for (var other : graph.below(digest)) {
                go(other, new Reason(GOES_WITH, "it belongs to %s, which goes".formatted(digest)), open);
            }
        }
        var undecided = new TreeSet<>(graph.manifests().keySet());
        undecided.removeAll(staying);
        undecided.removeAll(going.keySet());
        undecided.addAll(inCircles());
        return undecided;
    }

    /** What waits for itself to go first. Content addressing rules that out, but a tag can attach anything to anything. */
    private Set<Digest> inCircles() {
        var waiting = new TreeSet<>(going.keySet());
        var open = new ArrayDeque<>(waiting);
        while (!open.isEmpty()) {
            var digest = open.remove();
            if (waiting.contains(digest) && Collections.disjoint(graph.above(digest), waiting)) {
                waiting.remove(digest);
                open.addAll(graph.below(digest));
            }
        }
        return waiting;
    }

    private void go(Digest digest, Reason reason, ArrayDeque<Digest> open) {
        if (!staying.contains(digest) && going.putIfAbsent(digest, reason) == null) {
            open.add(digest);
        }
    }
}
