package dev.longshore.replication.copy;

import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** What a copy has done so far. */
final class Tally {

    private final BiConsumer<Double, String> progress;
    private final Set<Digest> manifests = new LinkedHashSet<>();
    private final Set<Digest> put = new LinkedHashSet<>();
    private final Map<Digest, Set<Digest>> referrersBySubject = new LinkedHashMap<>();
    private long bytes;
    private long expected;
    private long settled;

    /** @param progress is told a share between 0 and 1, and what was done last */
    Tally(BiConsumer<Double, String> progress) {
        this.progress = progress;
    }

    synchronized void expect(Iterable<Descriptor> blobs) {
        blobs.forEach(blob -> expected += blob.size());
    }

    synchronized void settled(Descriptor blob, boolean sent) {
        settled += blob.size();
        if (sent) {
            bytes += blob.size();
        }
        progress.accept(expected == 0 ? 0 : (double) settled / expected, (sent ? "copied " : "has ") + blob.digest());
    }

    /** The target has it. */
    synchronized void has(Digest manifest) {
        manifests.add(manifest);
    }

    synchronized void put(Digest manifest) {
        manifests.add(manifest);
        put.add(manifest);
    }

    synchronized void attached(Digest subject, Digest referrer) {
        referrersBySubject.computeIfAbsent(subject, _ -> new LinkedHashSet<>()).add(referrer);
    }

    synchronized Set<Digest> referrersOf(Digest subject) {
        return Set.copyOf(referrersBySubject.getOrDefault(subject, Set.of()));
    }

    synchronized Set<Digest> subjects() {
        return new LinkedHashSet<>(referrersBySubject.keySet());
    }

    synchronized Set<Digest> referrers() {
        var all = new LinkedHashSet<Digest>();
        referrersBySubject.values().forEach(all::addAll);
        return all;
    }

    /** All that the target was seen or made to have. */
    synchronized Set<Digest> manifests() {
        return new LinkedHashSet<>(manifests);
    }

    synchronized CopyResult result(Digest digest) {
        return new CopyResult(digest, manifests.size(), Set.copyOf(referrers()), bytes, !put.isEmpty());
    }
}
