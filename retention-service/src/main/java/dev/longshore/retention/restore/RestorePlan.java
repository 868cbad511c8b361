package dev.longshore.retention.restore;

import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.Manifest;
import dev.longshore.oci.MediaType;
import dev.longshore.oci.client.ManifestParser;
import dev.longshore.retention.postgres.RetiredManifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What goes back with an image: its children before it, and what refers to it, as far as the same plan deleted them.
 *
 * @param manifests in the order in which they are pushed
 */
record RestorePlan(List<RetiredManifest> manifests) {

    RestorePlan {
        manifests = List.copyOf(manifests);
    }

    /** @param deleted by the same plan in the same repository */
    static RestorePlan of(RetiredManifest wanted, List<RetiredManifest> deleted) {
        return new Search(deleted).from(wanted);
    }

    /** What the registry must still have: each blob of each manifest once; layers that stay at their vendor are not asked for. */
    List<Descriptor> blobs() {
        return manifests.stream()
                .map(RestorePlan::parse)
                .flatMap(manifest -> manifest instanceof Manifest.Image image ? image.blobs().stream() : Stream.empty())
                .filter(blob -> !MediaType.isForeignLayer(blob.mediaType()))
                .collect(Collectors.toMap(
                        Descriptor::digest, Function.identity(), (first, _) -> first, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    /** Fails with {@link dev.longshore.oci.InvalidManifestException} if it is none, which cannot have been pulled either. */
    static Manifest parse(RetiredManifest retired) {
        return ManifestParser.parse(retired.mediaType(), retired.content());
    }

    private static final class Search {

        private final Map<Digest, RetiredManifest> byDigest;
        private final Map<Digest, List<RetiredManifest>> bySubject = new HashMap<>();
        private final Set<Digest> seen = new HashSet<>();
        private final List<RetiredManifest> order = new ArrayList<>();

        Search(List<RetiredManifest> deleted) {
            byDigest = deleted.stream()
                    .collect(Collectors.toMap(RetiredManifest::digest, Function.identity(), (first, _) -> first));
            byDigest.values()
                    .forEach(retired -> subjects(retired)
                            .forEach(subject -> bySubject
                                    .computeIfAbsent(subject, _ -> new ArrayList<>())
                                    .add(retired)));
        }

        RestorePlan from(RetiredManifest wanted) {
            add(wanted);
            return new RestorePlan(order);
        }

        private void add(RetiredManifest retired) {
            if (!seen.add(retired.digest())) {
                return;
            }
            children(retired).forEach(child -> {
                var found = byDigest.get(child);
                if (found != null) {
                    add(found);
                }
            });
            order.add(retired);
            bySubject.getOrDefault(retired.digest(), List.of()).forEach(this::add);
        }

        /** Also what the tag says that lists a subject's referrers where a registry has no API for it. */
        private static Set<Digest> subjects(RetiredManifest retired) {
            var subjects = new HashSet<Digest>();
            var subject = parse(retired).subject();
            if (subject != null) {
                subjects.add(subject.digest());
            }
            retired.tags().stream()
                    .filter(tag -> tag.matches("sha256-[a-f0-9]{64}"))
                    .forEach(tag -> subjects.add(Digest.parse(tag.replaceFirst("-", ":"))));
            return subjects;
        }

        private static List<Digest> children(RetiredManifest retired) {
            return switch (parse(retired)) {
                case Manifest.Image _ -> List.of();
                case Manifest.Index index ->
                    index.manifests().stream().map(Descriptor::digest).toList();
            };
        }
    }
}
