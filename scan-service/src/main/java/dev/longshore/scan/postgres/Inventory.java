package dev.longshore.scan.postgres;

import dev.longshore.events.InventoryEvent.ManifestRecorded;
import dev.longshore.events.InventoryEvent.TagRecorded;
import dev.longshore.kit.event.StoredJson;
import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.ImageReference;
import dev.longshore.oci.Reference;
import dev.longshore.scan.domain.Image;
import dev.longshore.scan.domain.ManifestKind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hibernate.reactive.mutiny.Mutiny;

/** The service's copy of the inventory. Each change emits the images whose decision it may concern. */
@ApplicationScoped
public class Inventory {

    private static final String PUT_MANIFEST = """
            insert into manifest (image, project, registry, repository, digest, kind, what, platform, pushed_at, generation)
            values (:image, :project, :registry, :repository, :digest, :kind, :what, :platform, :pushedAt, :generation)
            on conflict (image) do update set kind = excluded.kind, what = excluded.what, platform = excluded.platform,
                project = excluded.project, pushed_at = excluded.pushed_at, generation = excluded.generation
            where manifest.generation < excluded.generation""";
    private static final String MOVE_DECISION = """
            update decision set project = :project where image = :image and project <> :project""";
    private static final String PUT_CHILDREN = """
            insert into manifest_child (parent, position, child, digest, platform)
            select :parent, position, child, digest, platform
            from json_to_recordset(cast(cast(:children as text) as json)) as c(position int, child text, digest text, platform text)""";
    private static final String PUT_TAG = """
            insert into tag (name, image, tag, generation) values (:name, :image, :tag, :generation)
            on conflict (name) do update set image = excluded.image, generation = excluded.generation
            where tag.generation < excluded.generation""";
    private static final String WITH_DESCENDANTS = """
            with recursive down(image) as (
                select cast(:image as text) collate "C"
                union select c.child from down join manifest_child c on c.parent = down.image)
            select image from down""";

    private record ChildRow(int position, String child, String digest, String platform) {}

    public Uni<Set<String>> put(Mutiny.Session session, ManifestRecorded manifest) {
        var image = new Image(manifest.registry(), manifest.repository(), manifest.digest());
        var kind = ManifestKind.of(manifest.mediaType(), manifest.artifactType(), manifest.config(), manifest.layers());
        return session.createNativeQuery(PUT_MANIFEST)
                .setParameter("image", image.key())
                .setParameter("project", manifest.project())
                .setParameter("registry", manifest.registry())
                .setParameter("repository", manifest.repository())
                .setParameter("digest", manifest.digest().toString())
                .setParameter("kind", kind.text())
                .setParameter("what", what(manifest))
                .setParameter("platform", platform(manifest, kind))
                .setParameter("pushedAt", manifest.pushedAt())
                .setParameter("generation", manifest.generation())
                .executeUpdate()
                .chain(changed -> changed == 0
                        ? Uni.createFrom().item(Set.of())
                        : moveDecision(session, image, manifest.project())
                                .chain(() -> replaceChildren(session, image, manifest.children()))
                                .chain(() -> withDescendants(session, image.key())));
    }

    /** It is the image's project's, also while it says the same as before. */
    private static Uni<Integer> moveDecision(Mutiny.Session session, Image image, String project) {
        return session.createNativeQuery(MOVE_DECISION)
                .setParameter("image", image.key())
                .setParameter("project", project)
                .executeUpdate();
    }

    public Uni<Set<String>> put(Mutiny.Session session, TagRecorded tag) {
        var image = new Image(tag.registry(), tag.repository(), tag.digest()).key();
        var name = tag.registry() + "/" + tag.repository() + ":" + tag.tag();
        return pointedAt(session, name)
                .chain(before -> session.createNativeQuery(PUT_TAG)
                        .setParameter("name", name)
                        .setParameter("image", image)
                        .setParameter("tag", tag.tag())
                        .setParameter("generation", tag.generation())
                        .executeUpdate()
                        .chain(changed ->
                                changed == 0 || before.filter(image::equals).isPresent()
                                        ? Uni.createFrom().item(Set.of())
                                        : concerned(session, before, Optional.of(image))));
    }

    /** A tag, or a manifest. */
    public Uni<Set<String>> remove(Mutiny.Session session, ImageReference named) {
        return switch (named.reference()) {
            case Reference.Tagged _ -> removeTag(session, named.toString());
            case Reference.Pinned _ -> removeManifest(session, named.toString());
        };
    }

    /** @param image as {@code registry/repository@digest} */
    private Uni<Set<String>> removeManifest(Mutiny.Session session, String image) {
        return withDescendants(session, image)
                .call(() -> session.createNativeQuery("delete from manifest where image = :image")
                        .setParameter("image", image)
                        .executeUpdate());
    }

    /** @param name as {@code registry/repository:tag} */
    private Uni<Set<String>> removeTag(Mutiny.Session session, String name) {
        return pointedAt(session, name)
                .call(() -> session.createNativeQuery("delete from tag where name = :name")
                        .setParameter("name", name)
                        .executeUpdate())
                .chain(before -> concerned(session, before, Optional.empty()));
    }

    /** What a reference names now. */
    public Uni<Optional<KnownImage>> find(Mutiny.Session session, ImageReference reference) {
        return reference
                .digest()
                .map(digest -> Uni.createFrom()
                        .item(Optional.of(new Image(reference.registry(), reference.repository(), digest).key())))
                .orElseGet(() -> pointedAt(session, reference.toString()))
                .chain(image -> image.map(key -> find(session, key))
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
    }

    /** The images below an index, itself if it is one; those that are not known yet are left out. */
    public Uni<List<KnownImage>> images(Mutiny.Session session, Image root) {
        return withDescendants(session, root.key())
                .chain(keys -> session.createSelectionQuery(
                                "from ManifestRow m where m.image in :keys and m.kind = 'image' order by m.image",
                                ManifestRow.class)
                        .setParameter("keys", keys)
                        .getResultList()
                        .map(Inventory::known));
    }

    /** Where a digest lies, the latest push first. */
    public Uni<List<KnownImage>> locations(Mutiny.Session session, Digest digest) {
        return session.createSelectionQuery(
                        "from ManifestRow m where m.digest = :digest and m.kind = 'image' order by m.pushedAt desc",
                        ManifestRow.class)
                .setParameter("digest", digest.toString())
                .getResultList()
                .map(Inventory::known);
    }

    /** The next images in the order of their names. */
    public Uni<List<String>> after(Mutiny.Session session, String image, int limit) {
        return session.createNativeQuery(
                        "select image from manifest where image > :image order by image limit :limit", String.class)
                .setParameter("image", image)
                .setParameter("limit", limit)
                .getResultList();
    }

    private Uni<Optional<KnownImage>> find(Mutiny.Session session, String image) {
        return session.find(ManifestRow.class, image)
                .map(found -> Optional.ofNullable(found).map(ManifestRow::known));
    }

    private static List<KnownImage> known(List<ManifestRow> rows) {
        return rows.stream().map(ManifestRow::known).toList();
    }

    private static Uni<Set<String>> concerned(Mutiny.Session session, Optional<String> before, Optional<String> after) {
        return both(descendants(session, before), descendants(session, after));
    }

    private static Uni<Set<String>> both(Uni<Set<String>> one, Uni<Set<String>> other) {
        return one.chain(first -> other.map(second -> {
            var all = new HashSet<>(first);
            all.addAll(second);
            return all;
        }));
    }

    private static Uni<Set<String>> descendants(Mutiny.Session session, Optional<String> image) {
        return image.map(key -> withDescendants(session, key))
                .orElseGet(() -> Uni.createFrom().item(Set.of()));
    }

    /** The tags of an index are tags of its images too. */
    private static Uni<Set<String>> withDescendants(Mutiny.Session session, String image) {
        return session.createNativeQuery(WITH_DESCENDANTS, String.class)
                .setParameter("image", image)
                .getResultList()
                .map(Set::copyOf);
    }

    private static Uni<Optional<String>> pointedAt(Mutiny.Session session, String tag) {
        return session.createNativeQuery("select image from tag where name = :name", String.class)
                .setParameter("name", tag)
                .getResultList()
                .map(found -> found.stream().findFirst());
    }

    private static Uni<Void> replaceChildren(Mutiny.Session session, Image parent, Collection<Descriptor> children) {
        var listed = List.copyOf(children);
        var rows = IntStream.range(0, listed.size())
                .mapToObj(position -> child(parent, position, listed.get(position)))
                .toList();
        return session.createNativeQuery("delete from manifest_child where parent = :parent")
                .setParameter("parent", parent.key())
                .executeUpdate()
                .chain(() -> rows.isEmpty()
                        ? Uni.createFrom().item(0)
                        : session.createNativeQuery(PUT_CHILDREN)
                                .setParameter("parent", parent.key())
                                .setParameter("children", StoredJson.write(rows))
                                .executeUpdate())
                .replaceWithVoid();
    }

    private static ChildRow child(Image parent, int position, Descriptor child) {
        var image = new Image(parent.registry(), parent.repository(), child.digest());
        var platform =
                Optional.ofNullable(child.platform()).map(Object::toString).orElse("");
        return new ChildRow(position, image.key(), child.digest().toString(), platform);
    }

    private static String what(ManifestRecorded manifest) {
        var config = manifest.config();
        return Optional.ofNullable(manifest.artifactType())
                .filter(type -> !type.isEmpty())
                .orElseGet(() -> config == null ? manifest.mediaType() : config.mediaType());
    }

    private static String platform(ManifestRecorded manifest, ManifestKind kind) {
        return kind != ManifestKind.IMAGE
                ? ""
                : manifest.platforms().stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
