package dev.longshore.oci;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.longshore.oci.InvalidReferenceException.Part;

/**
 * Names one manifest in a repository, by tag or by digest.
 *
 * <p>The two cases are types rather than nullable fields because callers must decide what a mutable name means to
 * them: a tag may point elsewhere by the time an event is handled. As text and JSON: {@code repository:tag} or
 * {@code repository@digest}.
 */
public sealed interface Reference {

    String repository();

    /** The last path segment of {@code /v2/<repository>/manifests/<reference>}. */
    String value();

    /** From a repository and what follows it, which is a digest if it has a colon and a tag if not. */
    static Reference of(String repository, String tagOrDigest) {
        return tagOrDigest.indexOf(':') < 0
                ? new Tagged(repository, tagOrDigest)
                : new Pinned(repository, Digest.parse(tagOrDigest));
    }

    /** From {@code repository:tag} or {@code repository@digest}. */
    @JsonCreator
    static Reference parse(String value) {
        var at = value.indexOf('@');
        if (at >= 0) {
            var repository = value.substring(0, at);
            if (repository.indexOf(':') >= 0) {
                throw new InvalidReferenceException(
                        Part.REFERENCE,
                        "The reference %s has a tag and a digest; give one".formatted(Names.quote(value)));
            }
            return new Pinned(repository, Digest.parse(value.substring(at + 1)));
        }
        var colon = value.indexOf(':');
        if (colon < 0) {
            throw new InvalidReferenceException(
                    Part.REFERENCE, "The reference %s has neither a tag nor a digest".formatted(Names.quote(value)));
        }
        return new Tagged(value.substring(0, colon), value.substring(colon + 1));
    }

    /** By a name that may point elsewhere later. */
    record Tagged(String repository, String tag) implements Reference {

        public Tagged {
            Names.repository(repository);
            Names.tag(tag);
        }

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public static Tagged parse(String value) {
            if (Reference.parse(value) instanceof Tagged tagged) {
                return tagged;
            }
            throw new InvalidReferenceException(
                    Part.REFERENCE,
                    "The reference %s has a digest where a tag is needed".formatted(Names.quote(value)));
        }

        @Override
        public String value() {
            return tag;
        }

        @JsonValue
        @Override
        public String toString() {
            return repository + ":" + tag;
        }
    }

    /** By content: what this names never changes. */
    record Pinned(String repository, Digest digest) implements Reference {

        public Pinned {
            Names.repository(repository);
        }

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public static Pinned parse(String value) {
            if (Reference.parse(value) instanceof Pinned pinned) {
                return pinned;
            }
            throw new InvalidReferenceException(
                    Part.REFERENCE,
                    "The reference %s has a tag where a digest is needed".formatted(Names.quote(value)));
        }

        @Override
        public String value() {
            return digest.toString();
        }

        @JsonValue
        @Override
        public String toString() {
            return repository + "@" + digest;
        }
    }
}
