package dev.longshore.retention.domain.inventory;

import dev.longshore.oci.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What hangs together in a repository: indexes and their children, subjects and what refers to them, by its own word or
 * by an attachment's tag. Only what the inventory has is in it; digests are sorted, so that nothing depends on the
 * order in which it was read.
 */
public final class Graph {

    private final NavigableMap<Digest, StoredManifest> manifests = new TreeMap<>();
    private final Map<Digest, List<StoredTag>> tags = new TreeMap<>();
    private final Map<Digest, Set<Digest>> children = new TreeMap<>();
    private final Map<Digest, Set<Digest>> parents = new TreeMap<>();
    private final Map<Digest, Set<Digest>> subjects = new TreeMap<>();
    private final Map<Digest, Set<Digest>> referrers = new TreeMap<>();

    public Graph(RepositoryInventory inventory) {
        inventory.manifests().forEach(manifest -> manifests.put(manifest.digest(), manifest));
        inventory.tags().stream()
                .sorted(Comparator.comparing(StoredTag::tag))
                .forEach(tag -> tags.computeIfAbsent(tag.digest(), _ -> new ArrayList<>())
                        .add(tag));
        manifests.values().forEach(this::link);
        tags.values().forEach(ofDigest -> ofDigest.forEach(this::attach));
    }

    private void link(StoredManifest manifest) {
        for (var child : manifest.children()) {
            connect(manifest.digest(), child, children, parents);
        }
        if (manifest.subject() != null) {
            connect(manifest.digest(), manifest.subject(), subjects, referrers);
        }
    }

    private void attach(StoredTag tag) {
        subjectOf(tag).ifPresent(subject -> connect(tag.digest(), subject, subjects, referrers));
    }

    /** What an attachment's tag says that its manifest belongs to; empty if the inventory does not have it. */
    public Optional<Digest> subjectOf(StoredTag tag) {
        return AttachmentTag.parse(tag.tag())
                .flatMap(attachment -> Optional.ofNullable(manifests.ceilingKey(attachment.least()))
                        .filter(attachment::isAttachedTo));
    }

    private void connect(Digest from, Digest to, Map<Digest, Set<Digest>> forth, Map<Digest, Set<Digest>> back) {
        if (manifests.containsKey(from) && manifests.containsKey(to) && !from.equals(to)) {
            forth.computeIfAbsent(from, _ -> new TreeSet<>()).add(to);
            back.computeIfAbsent(to, _ -> new TreeSet<>()).add(from);
        }
    }

    /** Whether the tag attaches its manifest to another. One that names its own digest is like any other tag. */
    public boolean isAttachment(StoredTag tag) {
        return AttachmentTag.parse(tag.tag())
                .filter(attachment -> !attachment.isAttachedTo(tag.digest()))
                .isPresent();
    }

    public List<StoredTag> attachments() {
        return tags.values().stream()
                .flatMap(List::stream)
                .filter(this::isAttachment)
                .toList();
    }

    public NavigableMap<Digest, StoredManifest> manifests() {
        return Collections.unmodifiableNavigableMap(manifests);
    }

    public boolean has(Digest digest) {
        return manifests.containsKey(digest);
    }

    public List<StoredTag> tags(Digest digest) {
        return tags.getOrDefault(digest, List.of());
    }

    /** When the manifest or one of its tags was pushed last. */
    public Instant lastPush(Digest digest) {
        return Stream.concat(
                        Stream.of(Objects.requireNonNull(manifests.get(digest)).pushed()),
                        tags(digest).stream().map(StoredTag::pushed))
                .map(PushTime::latest)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    public Set<Digest> children(Digest digest) {
        return children.getOrDefault(digest, Set.of());
    }

    public Set<Digest> parents(Digest digest) {
        return parents.getOrDefault(digest, Set.of());
    }

    public Set<Digest> subjects(Digest digest) {
        return subjects.getOrDefault(digest, Set.of());
    }

    public Set<Digest> referrers(Digest digest) {
        return referrers.getOrDefault(digest, Set.of());
    }

    /** What a manifest is part of or refers to: those that must go before it. */
    public Set<Digest> above(Digest digest) {
        var above = new TreeSet<>(parents(digest));
        above.addAll(subjects(digest));
        return above;
    }

    /** What goes with it unless something else needs it. */
    public Set<Digest> below(Digest digest) {
        var below = new TreeSet<>(children(digest));
        below.addAll(referrers(digest));
        return below;
    }

    /** The manifest and all that it names, however deep. */
    public Set<Digest> withDescendants(Digest digest) {
        return reach(digest, children);
    }

    /** The manifest and all indexes that it is in, however deep. */
    public Set<Digest> withAncestors(Digest digest) {
        return reach(digest, parents);
    }

    /** The manifest, what refers to it, what refers to that, and so on. */
    public Set<Digest> withReferrers(Digest digest) {
        return reach(digest, referrers);
    }

    /** Whether it belongs to itself, through others. */
    public boolean isInCircle(Digest digest) {
        return !Collections.disjoint(above(digest), reach(digest, this::below));
    }

    private static Set<Digest> reach(Digest from, Map<Digest, Set<Digest>> edges) {
        return reach(from, digest -> edges.getOrDefault(digest, Set.of()));
    }

    private static Set<Digest> reach(Digest from, Function<Digest, Set<Digest>> edges) {
        var reached = new TreeSet<>(Set.of(from));
        var open = new ArrayList<>(reached);
        while (!open.isEmpty()) {
            for (var next : edges.apply(open.removeLast())) {
                if (reached.add(next)) {
                    open.add(next);
                }
            }
        }
        return reached;
    }

    /** What tags and indexes name and the inventory does not have, each as the end of a sentence. */
    public List<String> missing() {
        var missing = new ArrayList<String>();
        tags.forEach((digest, ofDigest) -> {
            if (!has(digest)) {
                missing.add("the manifest %s of the tag %s is not in the inventory"
                        .formatted(digest, ofDigest.getFirst().tag()));
            }
        });
        manifests
                .values()
                .forEach(index -> new TreeSet<>(index.needed())
                        .stream()
                                .filter(child -> !has(child))
                                .forEach(child ->
                                        missing.add("the manifest %s, which the index %s names, is not in the inventory"
                                                .formatted(child, index.digest()))));
        return missing;
    }
}
