package dev.longshore.replication.copy;

import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.Manifest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Copies one image: blobs, children, referrers, and the reference last, so that nobody who pulls by it finds half an
 * image. What the target has is not sent again; so a copy that was interrupted is simply begun anew.
 */
@ApplicationScoped
public class ImageCopier {

    private final Contents contents;
    private final ReferrerCopy referrers;

    ImageCopier(Contents contents, ReferrerCopy referrers) {
        this.contents = contents;
        this.referrers = referrers;
    }

    /** @param progress is told a share between 0 and 1, and what was done last */
    public Uni<CopyResult> copy(CopyOrder order, BiConsumer<Double, String> progress) {
        return Uni.createFrom().deferred(() -> {
            var tally = new Tally(progress);
            return order.route()
                    .target()
                    .headManifest(order.to())
                    .map(found -> found.filter(
                                    there -> there.digest().equals(order.image().digest()))
                            .isPresent())
                    .chain(there -> there ? complete(order, tally) : copyAll(order, tally))
                    .map(_ -> tally.result(order.image().digest()));
        });
    }

    /** The reference is there; what it stands on may not be, if somebody else put it. */
    private Uni<Void> complete(CopyOrder order, Tally tally) {
        tally.has(order.image().digest());
        var children = order.complete() || !isIndex(order)
                ? Uni.createFrom().voidItem()
                : contents.bringContents(order.route(), order.image(), tally);
        return children.chain(() -> bringReferrers(order, tally, true))
                .chain(() -> tally.result(order.image().digest()).changed()
                        ? ReadBack.verify(order, tally)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> copyAll(CopyOrder order, Tally tally) {
        return contents.bringContents(order.route(), order.image(), tally)
                .chain(() -> bringReferrers(order, tally, false))
                .call(() -> putReference(order, tally))
                // A registry that takes a referrer only after its subject.
                .chain(left -> left
                        ? bringReferrers(order, tally, true)
                        : Uni.createFrom().item(false))
                .chain(() -> ReadBack.verify(order, tally));
    }

    private Uni<Void> putReference(CopyOrder order, Tally tally) {
        var image = order.image();
        return order.route()
                .target()
                .putManifest(order.to(), image.mediaType(), image.content())
                .invoke(() -> tally.put(image.digest()))
                .replaceWithVoid();
    }

    private Uni<Boolean> bringReferrers(CopyOrder order, Tally tally, boolean subjectIsThere) {
        return order.referrers()
                ? referrers.bring(order.route(), subjects(order), tally, subjectIsThere)
                : Uni.createFrom().item(false);
    }

    private static Set<Digest> subjects(CopyOrder order) {
        var subjects = new LinkedHashSet<Digest>();
        subjects.add(order.image().digest());
        if (order.image().manifest() instanceof Manifest.Index index) {
            index.manifests().stream().map(Descriptor::digest).forEach(subjects::add);
        }
        return subjects;
    }

    private static boolean isIndex(CopyOrder order) {
        return order.image().manifest() instanceof Manifest.Index;
    }
}
