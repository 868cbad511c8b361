package dev.longshore.replication.copy;

import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.Manifest;
import dev.longshore.oci.Reference;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.stream.Collectors;

/** Asks the target what it has now, as any client would, and compares. */
final class ReadBack {

    private ReadBack() {}

    /** Fails with {@link NotVerifiedException} unless reference, children and referrers are what was copied. */
    static Uni<Void> verify(CopyOrder order, Tally tally) {
        return verifyReference(order)
                .chain(() -> verifyChildren(order))
                .chain(() -> verifyReferrers(order.route(), tally));
    }

    private static Uni<Void> verifyReference(CopyOrder order) {
        var expected = order.image().digest();
        return order.route()
                .target()
                .getManifest(order.to())
                .invoke(found -> {
                    var actual =
                            found.map(manifest -> manifest.digest().toString()).orElse("nothing");
                    if (!actual.equals(expected.toString())) {
                        throw new NotVerifiedException("Could not verify the copy: the target has %s under %s, not %s"
                                .formatted(actual, order.to(), expected));
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<Void> verifyChildren(CopyOrder order) {
        var children =
                order.image().manifest() instanceof Manifest.Index index ? index.manifests() : List.<Descriptor>of();
        return Multi.createFrom()
                .iterable(children.stream().map(Descriptor::digest).distinct().toList())
                .onItem()
                .transformToUniAndConcatenate(child -> verifyChild(order.route(), child))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Uni<Void> verifyChild(Route route, Digest child) {
        var there = new Reference.Pinned(route.toRepository(), child);
        return route.target()
                .headManifest(there)
                .invoke(found -> {
                    if (found.isEmpty()) {
                        throw new NotVerifiedException(
                                "Could not verify the copy: the target does not have the child " + there);
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<Void> verifyReferrers(Route route, Tally tally) {
        return Multi.createFrom()
                .iterable(tally.subjects())
                .onItem()
                .transformToUniAndConcatenate(subject -> verifyReferrers(route, subject, tally))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Uni<Void> verifyReferrers(Route route, Digest subject, Tally tally) {
        return route.target()
                .referrers(route.toRepository(), subject)
                .invoke(found -> {
                    var there =
                            found.descriptors().stream().map(Descriptor::digest).collect(Collectors.toSet());
                    if (!there.containsAll(tally.referrersOf(subject))) {
                        throw new NotVerifiedException(
                                "Could not verify the copy: the target does not list all referrers of " + subject);
                    }
                })
                .replaceWithVoid();
    }
}
