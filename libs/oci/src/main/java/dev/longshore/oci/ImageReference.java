package dev.longshore.oci;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.longshore.oci.InvalidReferenceException.Part;
import java.util.Optional;

/**
 * An image anywhere: {@code registry-name/repository:tag} or {@code registry-name/repository@digest}, where the name is
 * the one under which the registry is registered, not its host.
 */
public record ImageReference(String registry, Reference reference) {

    public ImageReference {
        Names.registry(registry);
    }

    @JsonCreator
    public static ImageReference parse(String value) {
        var slash = value.indexOf('/');
        if (slash < 0) {
            throw new InvalidReferenceException(
                    Part.REFERENCE,
                    "The reference %s is not registry-name/repository:tag or registry-name/repository@digest"
                            .formatted(Names.quote(value)));
        }
        return new ImageReference(
                Names.registry(value.substring(0, slash)), Reference.parse(value.substring(slash + 1)));
    }

    public static ImageReference tagged(String registry, String repository, String tag) {
        return new ImageReference(registry, new Reference.Tagged(repository, tag));
    }

    public static ImageReference pinned(String registry, String repository, Digest digest) {
        return new ImageReference(registry, new Reference.Pinned(repository, digest));
    }

    public String repository() {
        return reference.repository();
    }

    public Optional<String> tag() {
        return reference instanceof Reference.Tagged tagged ? Optional.of(tagged.tag()) : Optional.empty();
    }

    public Optional<Digest> digest() {
        return reference instanceof Reference.Pinned pinned ? Optional.of(pinned.digest()) : Optional.empty();
    }

    /** The same repository at a digest: what a tag turned out to be. */
    public ImageReference at(Digest digest) {
        return pinned(registry, repository(), digest);
    }

    @JsonValue
    @Override
    public String toString() {
        return registry + "/" + reference;
    }
}
